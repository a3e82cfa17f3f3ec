import { DeleteFunctionCommand, GetFunctionConfigurationCommand, ListVersionsByFunctionCommand, PublishVersionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { settled, unlessGone } from './account'
import type { LabContext } from './define-lab'
import { eventually } from './eventually'

const SETTLE_MS = 20_000
const busy = new Map<string, Promise<unknown>>()

/**
 * Publishes a function as it is under a version of its own, lets `use` work with that, and deletes it again.
 * A version has its own execution environments: its first invoke is a cold start, and those of $LATEST go on
 * undisturbed.
 *
 * Where the learner has already published this very code, Lambda gives that version back in place of a new one.
 * Its environments may be warm, so the description is changed for the moment of publishing; that alone makes
 * a version new. One at a time for each function, as two would be given the same version.
 */
export async function withTemporaryVersion<T>(context: LabContext, functionName: string, use: (version: string) => Promise<T>): Promise<T> {
  const key = `${context.accountId} ${context.region} ${functionName}`
  const before = busy.get(key) ?? Promise.resolve()
  const mine = before.then(() => run(context, functionName, use), () => run(context, functionName, use))
  busy.set(key, mine)
  try {
    return await mine
  } finally {
    if (busy.get(key) === mine) busy.delete(key)
  }
}

async function run<T>(context: LabContext, FunctionName: string, use: (version: string) => Promise<T>): Promise<T> {
  const { lambda } = context.clients
  const known = new Set<string>()
  let Marker: string | undefined
  do {
    const page = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, ...(Marker !== undefined && { Marker }) }))
    for (const { Version } of page.Versions ?? []) known.add(Version!)
    Marker = page.NextMarker
  } while (Marker)

  let { Version: version } = await lambda.send(new PublishVersionCommand({ FunctionName }))
  if (known.has(version!)) version = await publishUnderNewDescription(context, FunctionName)
  try {
    await eventually(
      async () => {
        const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 50 }))
        const state = Versions.find(({ Version }) => Version === version)?.State
        return state === 'Pending' ? undefined : true
      },
      { forMs: SETTLE_MS, signal: context.signal },
    )
    return await use(version!)
  } finally {
    await unlessGone(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: version })))
  }
}

async function publishUnderNewDescription(context: LabContext, FunctionName: string): Promise<string | undefined> {
  const { lambda } = context.clients
  const { Description = '' } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: `Worklab ${context.nonce}` }))
  try {
    await settled(context, FunctionName)
    return (await lambda.send(new PublishVersionCommand({ FunctionName }))).Version
  } finally {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }))
    await settled(context, FunctionName)
  }
}
