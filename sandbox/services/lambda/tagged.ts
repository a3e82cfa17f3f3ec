import type { Call, Operation } from '../../operation'
import { scopeOf } from '../../store'
import { resourceTags } from '../tag-context'
import { signingConfigs } from './code-signing'
import { invalid, notFound } from './errors'
import { mappings } from './event-source-mappings'
import { changeFunction, findFunction, lockFunctions } from './functions'
import { parseName } from './names'

type Tags = Record<string, string>

/** What bears tags, as a call names it. */
interface Tagged {
  /** Its tags; undefined where it is not there. */
  read(): Promise<Tags | undefined>
  /** Writes other tags; what `change` throws stands. @throws ResourceNotFoundException */
  write(change: (tags: Tags) => Tags): Promise<void>
}

/** The function, mapping or code signing configuration that a call's ARN names. @throws InvalidParameterValueException for anything else */
export function tagged(call: Call): Tagged {
  const arn = call.input.Resource as string
  const [, , , region, , kind, id = '', more] = arn.split(':')
  if (region !== call.region) throw invalid(`Resources of ${region} are not reachable in this region (${call.region}): ${arn}`)
  if (kind === 'function' && more === undefined) return taggedFunction(call, arn)
  if (kind === 'event-source-mapping' && more === undefined) return stored(call, mappings, id)
  if (kind === 'code-signing-config' && more === undefined) return stored(call, signingConfigs, id)
  throw invalid(`Functions, event source mappings and code signing configurations bear tags, versions and aliases do not: ${arn}`)
}

function taggedFunction(call: Call, arn: string): Tagged {
  const name = parseName(call, arn)
  return {
    read: async () => (await findFunction(call.sandbox, name))?.tags,
    write: (change) =>
      changeFunction(call.sandbox, name, (record) => {
        record.tags = change(record.tags)
      }),
  }
}

function stored(call: Call, of: typeof mappings | typeof signingConfigs, id: string): Tagged {
  const { store } = call.sandbox
  const find = () => store.get<{ tags?: Tags }>(of, scopeOf(call), id)
  return {
    read: async () => {
      const found = await find()
      return found && (found.tags ?? {})
    },
    write: (change) =>
      lockFunctions(call.sandbox, call.account, async () => {
        const found = await find()
        if (!found) throw notThere()
        await store.put<{ tags?: Tags }>(of, scopeOf(call), id, { ...found, tags: change(found.tags ?? {}) })
      }),
  }
}

export const notThere = () => notFound('The resource you requested does not exist.')

/** What IAM decides on for the tag operations. */
export const onTagged: Pick<Operation, 'resource' | 'context'> = {
  resource: ({ input }) => input.Resource,
  context: async (call) => resourceTags(await tagged(call).read()),
}
