import type { Cloud, Explanation } from '@/lib/cloud/cloud'
import { send } from '@/lib/cloud/clients'
import { CloudUnavailable } from '@/lib/cloud/errors'
import type { Action, LabFiles } from './define-lab'
import { readInvocation, type Invocation } from './invoke'
import { refusalKey } from './refusal-key'

/** What came of an action. All of it can be sent to the browser and kept as JSON. */
export type ActionOutcome =
  /** The form was not valid, so nothing was sent. Keys of `messages/<locale>/lab-fields.json` by field. */
  | { kind: 'invalid'; fields: Record<string, string> }
  /**
   * AWS said no, in its own words. `means` is the key, in `messages/<locale>/lab-refusals.json`, of what that means;
   * `denial` says why IAM did, where the backend can tell.
   */
  | { kind: 'refused'; means: string; error: { name: string; message: string; status?: number; requestId?: string }; denial?: Explanation; ms: number }
  | { kind: 'done'; output: unknown; invocation?: Invocation; ms: number }

/** An editor's files may not be larger than this in all: 1 MB. */
const MOST_BYTES = 1024 * 1024

/** More than a lab's editor holds was sent. */
export class FilesTooLarge extends Error {
  override readonly name = 'FilesTooLarge'
}

/**
 * Sends a lab's action as the learner.
 *
 * @param input what the form holds, unchecked
 * @throws CloudUnavailable where the backend does not answer
 * @throws FilesTooLarge
 */
export async function performAction(cloud: Cloud, accountId: string, action: Action<any>, input: unknown, files: LabFiles): Promise<ActionOutcome> {
  const parsed = action.form.safeParse(input)
  if (!parsed.success) {
    const fields: Record<string, string> = {}
    for (const { path, message } of parsed.error.issues) fields[String(path[0] ?? '')] ??= message
    return { kind: 'invalid', fields }
  }
  const size = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0)
  if (size > MOST_BYTES) throw new FilesTooLarge(`The files have ${size} bytes; ${MOST_BYTES} is the most.`)
  const command = action.command(parsed.data, { files, accountId, region: cloud.region })
  const clients = await cloud.clients(accountId, { as: 'learner' })
  const started = performance.now()
  const ms = () => Math.round(performance.now() - started)
  try {
    const { $metadata, ...output } = await send(clients, action.service, command)
    const took = ms()
    return action.shows === 'invoke' ? { kind: 'done', output: {}, invocation: readInvocation({ $metadata, ...output }), ms: took } : { kind: 'done', output: plain(output), ms: took }
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number; requestId?: string } }
    // Without an answer's metadata it never got to AWS: not for the learner to mend.
    if (error instanceof CloudUnavailable || $metadata === undefined) throw error
    const { httpStatusCode: status, requestId } = $metadata
    const took = ms()
    const denial = requestId !== undefined && /^AccessDenied/.test(name) ? await explainDenial(cloud, accountId, requestId) : undefined
    return {
      kind: 'refused',
      means: refusalKey({ name, message }),
      error: { name, message, ...(status !== undefined && { status }), ...(requestId !== undefined && { requestId }) },
      ...(denial && { denial }),
      ms: took,
    }
  }
}

/** Why IAM denied a request, from the audit trail. */
async function explainDenial(cloud: Cloud, accountId: string, requestId: string): Promise<Explanation | undefined> {
  if (!cloud.capabilities.has('audit.trail')) return undefined
  const { events } = await cloud.events(accountId, { limit: 50 })
  return events.find((event) => event.requestID === requestId)?.explanation
}

function plain(output: unknown): unknown {
  return JSON.parse(JSON.stringify(output, (_, item) => (item instanceof Uint8Array ? `${item.length} bytes` : item)))
}
