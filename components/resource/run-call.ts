import { explainError, isAwsError, type AwsError } from '@/components/lab/explain-error'
import { issueError } from '@/components/lab/form-input'
import type { FieldError } from '@/components/lab/lab-view'
import { Refused } from '@/components/lab/refusal'
import { accountForAction } from '@/components/sandbox/account-for-action'
import { commandToCli } from '@/lib/aws-cli'
import { send } from '@/lib/cloud'
import type { z } from 'zod'
import { calls, type CallName } from './calls'
import type { Call, CallContext } from './calls/call'

/** What a call came to, a refusal by Worklab itself aside. */
export type CallResult<Answer extends object = object> = ({ ok: true } & Answer) | { ok: false; error: AwsError } | { ok: false; fields: Record<string, FieldError> }

/** As `accountForAction`, with the learner's own clients. */
export async function learnersAccount(): Promise<CallContext> {
  const account = await accountForAction()
  return { ...account, clients: await account.cloud.clients(account.accountId, { as: 'learner' }) }
}

/** Does a call as the learner. An error of AWS is part of the result. @throws Refused, CloudUnavailable */
export async function runCall(name: string, input: unknown, context: CallContext): Promise<CallResult> {
  const { one, read } = readCall(name, input)
  if (!read.success) return { ok: false, fields: fieldErrors(read.error.issues) }
  return awsResult(context, async () => {
    const at = new Date()
    const before = await one.before?.(read.data, context)
    const output = await send(context.clients, one.service, one.command(read.data, context))
    return one.answer(output, read.data, { ...context, at, before })
  })
}

/** The AWS CLI twin of a call; without text while its form is not valid. */
export function cliOfCall(name: string, input: unknown, context: CallContext): { text?: string } {
  const { one, read } = readCall(name, input)
  return read.success ? { text: commandToCli(one.service, one.command(read.data, context), { ...(one.files && { files: one.files }) }) } : {}
}

/** Runs work and makes an error of AWS part of its result, explained. Anything else thrown goes on. */
export async function awsResult<Answer extends object>({ cloud, accountId }: Pick<CallContext, 'cloud' | 'accountId'>, work: () => Answer | Promise<Answer>): Promise<{ ok: true } & Answer | { ok: false; error: AwsError }> {
  try {
    return { ok: true, ...(await work()) }
  } catch (error) {
    if (!isAwsError(error)) throw error
    return { ok: false, error: await explainError(error, cloud, accountId) }
  }
}

/** The first error of each field. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): Record<string, FieldError> {
  const fields: Record<string, FieldError> = {}
  for (const issue of issues) fields[String(issue.path[0] ?? '')] ??= issueError(issue)
  return fields
}

function readCall(name: string, input: unknown) {
  if (!Object.hasOwn(calls, name)) throw new Refused('closed')
  const one = calls[name as CallName] as unknown as Call
  return { one, read: one.input.safeParse(input) }
}
