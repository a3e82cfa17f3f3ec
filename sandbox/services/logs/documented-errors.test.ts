import * as sdk from '@aws-sdk/client-cloudwatch-logs'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { startTestAccount, type TestAccount } from '../iam/test-account'
import { functionMaker, makeRole } from '../lambda/testing'
import documented from './documented-errors.json' with { type: 'json' }
import { logs } from './index'

let account: TestAccount
let client: sdk.CloudWatchLogsClient
let tailing: sdk.CloudWatchLogsClient
let denied: sdk.CloudWatchLogsClient
let stranger: sdk.CloudWatchLogsClient
let destinationArn: string

beforeAll(async () => {
  account = await startTestAccount()
  const as = (credentials: { accessKeyId: string; secretAccessKey: string }) => ({ endpoint: account.sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1, disableHostPrefix: true })
  const own = as(account.keys)
  client = new sdk.CloudWatchLogsClient(own)
  tailing = new sdk.CloudWatchLogsClient(own)
  denied = new sdk.CloudWatchLogsClient(as(await account.user('nobody')))
  stranger = new sdk.CloudWatchLogsClient(as({ accessKeyId: 'AKIANOBODYSKEY000000', secretAccessKey: 'x' }))
  for (const logGroupName of ['full', 'seldom']) await client.send(new sdk.CreateLogGroupCommand({ logGroupName, logGroupClass: logGroupName === 'seldom' ? 'INFREQUENT_ACCESS' : 'STANDARD' }))
  await client.send(new sdk.CreateLogStreamCommand({ logGroupName: 'full', logStreamName: 's' }))
  await client.send(new sdk.TagResourceCommand({ resourceArn: arn('full'), tags: tags('key-') }))
  for (let i = 0; i < 100; i++) await client.send(new sdk.PutMetricFilterCommand({ ...FILTER, logGroupName: 'full', filterName: `f${i}` }))
  const lambda = new LambdaClient(own)
  destinationArn = (await functionMaker(lambda, await makeRole(own, 'role'))('f')).FunctionArn!
  await lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId: 'logs', Action: 'lambda:InvokeFunction', Principal: 'logs.amazonaws.com' }))
  for (const filterName of ['a', 'b']) await client.send(new sdk.PutSubscriptionFilterCommand({ logGroupName: 'full', filterName, filterPattern: '', destinationArn }))
  await Promise.all(Array.from({ length: 15 }, () => tailing.send(new sdk.StartLiveTailCommand({ logGroupIdentifiers: [arn('full')] }))))
})
afterAll(() => {
  tailing.destroy()
  return account.close()
})

const arn = (group: string) => `arn:aws:logs:us-east-1:${account.accountId}:log-group:${group}`
const call = (name: string, input: () => object, by = () => client): Provoke => () => by().send(new (sdk as any)[`${name}Command`](input()))

const FILTER = { filterName: 'f', filterPattern: 'x', metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }] }
const LINE = { timestamp: Date.now(), message: 'x' }
/** What an operation needs beside the name of a group to be well-formed. */
const WHOLE: Record<string, () => object> = {
  CreateLogStream: () => ({ logStreamName: 's' }),
  DeleteLogStream: () => ({ logStreamName: 's' }),
  DeleteMetricFilter: () => ({ filterName: 'f' }),
  DeleteSubscriptionFilter: () => ({ filterName: 'f' }),
  GetLogEvents: () => ({ logStreamName: 's' }),
  PutLogEvents: () => ({ logStreamName: 's', logEvents: [LINE] }),
  PutMetricFilter: () => FILTER,
  PutRetentionPolicy: () => ({ retentionInDays: 7 }),
  PutSubscriptionFilter: () => ({ filterName: 'f', filterPattern: '', destinationArn }),
  TagLogGroup: () => ({ tags: { a: 'b' } }),
  TagResource: () => ({ tags: { a: 'b' } }),
  UntagLogGroup: () => ({ tags: ['a'] }),
  UntagResource: () => ({ tagKeys: ['a'] }),
}
/** Where it is not the group's name that will not do. */
const WRONG: Record<string, object> = { ListLogGroups: { nextToken: '!' }, TestMetricFilter: { filterPattern: '{', logEventMessages: ['x'] } }

const provoked: Record<string, Provoke> = {}
for (const { name, schema } of logs.operations) {
  const members = [...NormalizedSchema.of(schema[4]).structIterator()].map(([member]) => member)
  const named = (group: string) => {
    if (members.includes('resourceArn')) return { resourceArn: arn(group) }
    if (members.includes('logGroupIdentifiers') && !members.includes('logGroupNamePrefix')) return { logGroupIdentifiers: [arn(group)] }
    return members.includes('logGroupName') ? { logGroupName: group } : members.includes('logGroupNamePrefix') ? { logGroupNamePrefix: group } : {}
  }
  const whole = WHOLE[name] ?? (() => ({}))
  const errors = (documented as Record<string, string[]>)[name] ?? []
  if (errors.includes('ResourceNotFoundException')) provoked[`${name} ResourceNotFoundException`] = call(name, () => ({ ...whole(), ...named('missing') }))
  if (errors.includes('InvalidParameterException')) provoked[`${name} InvalidParameterException`] = call(name, () => ({ ...whole(), ...(WRONG[name] ?? named('not a name!')) }))
}
const tags = (prefix: string) => Object.fromEntries(Array.from({ length: 30 }, (_, i) => [prefix + i, 'v']))
Object.assign(provoked, {
  'CreateLogGroup ResourceAlreadyExistsException': call('CreateLogGroup', () => ({ logGroupName: 'full' })),
  'CreateLogStream ResourceAlreadyExistsException': call('CreateLogStream', () => ({ logGroupName: 'full', logStreamName: 's' })),
  'PutLogEvents UnrecognizedClientException': call('PutLogEvents', () => ({ logGroupName: 'full', logStreamName: 's', logEvents: [LINE] }), () => stranger),
  'PutMetricFilter LimitExceededException': call('PutMetricFilter', () => ({ ...FILTER, logGroupName: 'full' })),
  'PutMetricFilter InvalidOperationException': call('PutMetricFilter', () => ({ ...FILTER, logGroupName: 'seldom' })),
  'PutSubscriptionFilter LimitExceededException': call('PutSubscriptionFilter', () => ({ ...WHOLE.PutSubscriptionFilter!(), logGroupName: 'full' })),
  'PutSubscriptionFilter InvalidOperationException': call('PutSubscriptionFilter', () => ({ ...WHOLE.PutSubscriptionFilter!(), logGroupName: 'seldom' })),
  'StartLiveTail AccessDeniedException': call('StartLiveTail', () => ({ logGroupIdentifiers: [arn('full')] }), () => denied),
  'StartLiveTail LimitExceededException': call('StartLiveTail', () => ({ logGroupIdentifiers: [arn('full')] })),
  'StartLiveTail InvalidOperationException': call('StartLiveTail', () => ({ logGroupIdentifiers: [arn('seldom')] })),
  'TagResource TooManyTagsException': call('TagResource', () => ({ resourceArn: arn('full'), tags: tags('more-') })),
})

describe('CloudWatch Logs', () => {
  itAnswersTheDocumentedErrors({
    service: logs,
    documented,
    provoked,
    never: {
      ServiceUnavailableException: "AWS's own outage; the sandbox answers 500 only by a defect.",
      OperationAbortedException: 'Changes of one group wait for one another, so that none is aborted.',
      DataAlreadyAcceptedException: 'Not given since sequence tokens are no longer looked at (2023).',
      InvalidSequenceTokenException: 'Not given since sequence tokens are no longer looked at (2023).',
      ValidationException: 'Of deletion protection, which groups here do not have.',
      'CreateLogGroup LimitExceededException': 'At a million groups, more than the sandbox is made for.',
    },
  })
})
