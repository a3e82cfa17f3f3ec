import { CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogGroupsCommand, DescribeLogStreamsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AttachRolePolicyCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEvent } from '../../audit'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
let sandbox: TestSandbox
let lambda: LambdaClient
let logs: CloudWatchLogsClient
let iam: IAMClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  logs = new CloudWatchLogsClient(sandbox.learner)
  iam = new IAMClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const invoke = (FunctionName: string) => lambda.send(new InvokeCommand({ FunctionName }))
const group = async (name: string) => (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${name}` }))).logGroups![0]
const messages = async (name: string) => (await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }))).events!.map((event) => event.message!)
const trail = async () => (await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/events?limit=500`)).events as AuditEvent[]
const settle = () => new Promise((resolve) => setTimeout(resolve, 400))

it('writes logs as a role that may, in a stream per environment', async () => {
  await functionMaker(lambda, await makeRole(sandbox.learner, 'may', ['service-role/AWSLambdaBasicExecutionRole']))('logs', { zip: handlerZip('async () => console.log("hello")') })
  await invoke('logs')
  await eventually(() => group('logs'))
  await eventually(async () => (await messages('logs')).find((message) => message.startsWith('REPORT')))
  const all = (await messages('logs')).join('')
  expect(all).toMatch(/INIT_START .*\nSTART RequestId: .*\n.*INFO\thello\nEND RequestId: .*\nREPORT RequestId: /)
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/logs' }))
  expect(logStreams).toHaveLength(1)
  expect(logStreams![0]!.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  const made = (await trail()).filter((event) => event.userIdentity.arn.endsWith(':assumed-role/may/logs'))
  expect(made.map((event) => event.eventName).reverse()).toEqual(['CreateLogGroup', 'CreateLogStream'])
})

it('writes nothing as a role that may not, tells why once, and begins when it may', async () => {
  const role = await makeRole(sandbox.learner, 'may-not')
  await functionMaker(lambda, role)('silent')
  for (let i = 0; i < 3; i += 1) expect((await invoke('silent')).StatusCode).toBe(200)
  await settle()
  expect(await group('silent')).toBeUndefined()
  const arn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:/aws/lambda/silent`
  const denied = (await trail()).filter((event) => event.errorCode === 'AccessDeniedException' && event.userIdentity.arn.endsWith(':assumed-role/may-not/silent'))
  expect(denied).toHaveLength(1)
  expect(denied[0]).toMatchObject({
    eventSource: 'logs.amazonaws.com',
    eventName: 'CreateLogStream',
    errorMessage: expect.stringContaining(`is not authorized to perform: logs:CreateLogStream on resource: ${arn}:log-stream:`),
    explanation: { action: 'logs:CreateLogStream', reason: 'implicitDeny', statement: { Effect: 'Allow', Action: 'logs:CreateLogStream' } },
  })
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'may-not', PolicyArn: BASIC }))
  await invoke('silent')
  await eventually(() => group('silent'))
  await eventually(async () => (await messages('silent')).find((message) => message.startsWith('REPORT')))
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'may-not', PolicyArn: BASIC }))
  const before = (await messages('silent')).length
  await invoke('silent')
  await settle()
  expect(await messages('silent')).toHaveLength(before)
})

it('makes group and stream again where they were deleted', async () => {
  await functionMaker(lambda, await makeRole(sandbox.learner, 'again', ['service-role/AWSLambdaBasicExecutionRole']))('again')
  await invoke('again')
  await eventually(() => group('again'))
  await settle()
  await logs.send(new DeleteLogGroupCommand({ logGroupName: '/aws/lambda/again' }))
  await invoke('again')
  await eventually(() => group('again'))
  await eventually(async () => (await messages('again')).find((message) => message.startsWith('REPORT')))
})

it('writes to the group that the function names', async () => {
  await functionMaker(lambda, await makeRole(sandbox.learner, 'named', ['service-role/AWSLambdaBasicExecutionRole']))('elsewhere', { LoggingConfig: { LogGroup: '/my/logs' } })
  await invoke('elsewhere')
  await eventually(async () => (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/my/logs' }))).logGroups![0])
  expect(await group('elsewhere')).toBeUndefined()
})
