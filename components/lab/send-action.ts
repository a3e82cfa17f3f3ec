import type { InvokeCommandOutput } from '@aws-sdk/client-lambda'
import { send } from '@/lib/cloud'
import type { Action, LabFiles } from '@/lib/lab/define-lab'
import { readInvocation } from '@/lib/lab/invoke'
import { recordAttempt } from '@/lib/lab/record'
import { deniedSince, explainError, isAwsError } from './explain-error'
import { readForm, type FormValues } from './form-input'
import { inspectRole } from './inspect-role'
import type { StartedLab } from './lab-for-action'
import type { ActionResult, InvokeView } from './lab-view'

/** The most of an answer that the page shows and the attempt keeps, in characters. */
const SHOWN = 60_000

/**
 * Sends an action's command as the learner and keeps the attempt, whether AWS took it or not. A form that does not
 * pass its schema never gets that far.
 *
 * @throws CloudUnavailable
 */
export async function sendAction(started: StartedLab, stepId: string, action: Action<any>, values: FormValues): Promise<ActionResult> {
  const { viewer, lab, state, cloud, accountId } = started
  const read = readForm(action, values)
  if ('fields' in read) return { ok: false, fields: read.fields }
  const attempt = { userId: viewer.id, labId: lab.id, stepId, actionId: action.id, input: read.input }
  const at = new Date()
  try {
    const command = action.command(read.input, { files: state.files as LabFiles, accountId, region: cloud.region })
    const answer = await send(await cloud.clients(accountId, { as: 'learner' }), action.service, command)
    const result: ActionResult = { ok: true, at: at.toISOString(), ...(await shown(started, action, command.input, answer, at)) }
    await recordAttempt({ ...attempt, ok: true, output: 'invoke' in result ? { invoke: result.invoke } : { output: result.output } })
    return result
  } catch (error) {
    if (!isAwsError(error)) throw error
    const told = await explainError(error, cloud, accountId)
    await recordAttempt({ ...attempt, ok: false, output: { error: told } })
    return { ok: false, error: told }
  }
}

async function shown({ cloud, accountId }: StartedLab, action: Action<any>, input: any, answer: any, at: Date) {
  if (action.shows === 'invoke') return { invoke: await invokeView(answer, input, at, () => deniedSince(cloud, accountId, at)) }
  const { $metadata: _, ...members } = answer
  const output = cut(JSON.stringify(members, null, 2))
  if (action.service !== 'iam' || input.RoleName === undefined) return { output }
  // What the call did to a role is best seen at the role itself.
  const role = await inspectRole(await cloud.clients(accountId, { as: 'checker' }), input.RoleName)
  return { output, ...(role && { role }) }
}

/** An invoke's answer as a page shows it. @param denied tells which calls IAM denied the function meanwhile */
export async function invokeView(output: InvokeCommandOutput, input: { FunctionName: string }, at: Date, denied: () => ReturnType<typeof deniedSince>): Promise<InvokeView> {
  const { statusCode, text, functionError, log, report, version } = readInvocation(output)
  const refusals = await denied()
  return {
    id: output.$metadata.requestId ?? at.toISOString(),
    at: at.toISOString(),
    functionName: input.FunctionName,
    statusCode,
    text: cut(text),
    log,
    ...(functionError !== undefined && { functionError }),
    ...(report && { report }),
    ...(version !== undefined && { version }),
    ...(refusals.length > 0 && { denied: refusals }),
  }
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
