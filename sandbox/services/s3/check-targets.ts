import type { Call } from '../../operation'
import { AwsError } from '../../errors'
import { Undeliverable } from '../../outbox'
import { findFunction } from '../lambda/functions'
import { parseName } from '../lambda/names'
import { policyDocument } from '../lambda/policy'
import { judge } from '../iam/judge'
import { bucketArn } from './names'
import { delivery } from './notify'
import type { Rule } from './notification-config'
import type { Bucket } from './records'

/**
 * Sees to it that S3 may tell each target of a bucket's events: functions by their policy, queues and topics by a test event.
 * @param before rules that were there already; their targets get no further test event
 * @throws AwsError InvalidArgument naming the targets that will not do
 */
export async function checkTargets(call: Call, bucket: Bucket, rules: Rule[], before: Rule[]): Promise<void> {
  const problems: [string, string][] = []
  for (const target of new Set(rules.map((rule) => rule.target))) {
    const { kind } = rules.find((rule) => rule.target === target)!
    const problem = kind === 'Lambda' ? await functionProblem(call, bucket, target) : before.some((rule) => rule.target === target) ? undefined : await testProblem(call, bucket, target, kind)
    if (problem !== undefined) problems.push([target, problem])
  }
  if (problems.length === 0) return
  const members = Object.fromEntries(problems.flatMap(([target, problem], i) => [[`ArgumentName${i + 1}`, target], [`ArgumentValue${i + 1}`, problem]]))
  throw new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', 400, members)
}

async function functionProblem({ sandbox }: Call, bucket: Bucket, target: string): Promise<string | undefined> {
  const [, , , region, account] = target.split(':') as string[]
  const name = parseName({ account: account!, region: region! }, target)
  const record = await findFunction(sandbox, name)
  const document = record && policyDocument(record, name.qualifier)
  const verdict = judge(
    {
      principal: 's3.amazonaws.com',
      kind: 'Service',
      action: 'lambda:InvokeFunction',
      resource: target,
      isSameAccount: true,
      context: { 'aws:SourceArn': bucketArn(bucket.name), 'aws:SourceAccount': bucket.account, 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': 's3.amazonaws.com' },
    },
    { identity: [], sessions: [], ...(document ? { resource: { name: 'resource-policy', document: document as never } } : {}) },
  )
  return verdict.allowed ? undefined : `Not authorized to invoke function [${target}]`
}

async function testProblem({ sandbox, requestId }: Call, bucket: Bucket, target: string, kind: 'Queue' | 'Topic'): Promise<string | undefined> {
  const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Time: new Date(sandbox.now()).toISOString(), Bucket: bucket.name, RequestId: requestId, HostId: Buffer.from(requestId).toString('base64') })
  try {
    await sandbox.outbox.attempt(sandbox, delivery(bucket, target, body))
    return undefined
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error
    const word = kind === 'Queue' ? 'queue' : 'topic'
    return error.code === 'NO_RESOURCE' ? `The destination ${word} does not exist` : `Permissions on the destination ${word} do not allow S3 to publish notifications from this bucket`
  }
}
