import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateEventSourceMappingCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { eventually, functionMaker, handlerZip, makeRole, trust } from './services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from './testing'

const DAY = 86_400
/** Less than the six hours that an asynchronous event may grow old. */
const RETRY_AFTER_S = 3 * 3600

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ asyncRetryMs: [RETRY_AFTER_S * 1000, 0] })
})
afterAll(() => sandbox.remove())

const clock = (accountId: string, body?: string) =>
  fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, {
    headers: { authorization: `Bearer ${sandbox.adminToken}` },
    ...(body === undefined ? {} : { method: 'POST', body }),
  })
const forward = async (accountId: string, forwardSeconds: number) => {
  const answer = await clock(accountId, JSON.stringify({ forwardSeconds }))
  return (await answer.json()) as { now: string; aheadBySeconds: number }
}
const daysAhead = (time: Date | string | number) => Math.round((new Date(time).getTime() - Date.now()) / DAY / 1000) || 0

describe('the clock of an account', () => {
  it('moves forward for that account alone, and further from where it is', async () => {
    const [one, other] = [await sandbox.newAccount(), await sandbox.newAccount()]
    expect(await forward(one.accountId, DAY)).toMatchObject({ aheadBySeconds: DAY })
    const moved = await forward(one.accountId, DAY)
    expect(moved.aheadBySeconds).toBe(2 * DAY)
    expect(daysAhead(moved.now)).toBe(2)
    expect(await (await clock(one.accountId)).json()).toMatchObject({ aheadBySeconds: 2 * DAY })
    const made = async (config: typeof one.config) => {
      const { Role } = await new IAMClient(config).send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }))
      return daysAhead(Role!.CreateDate!)
    }
    expect(await made(one.config)).toBe(2)
    expect(await made(other.config)).toBe(0)
    const { events } = await sandbox.admin('GET', `/_worklab/accounts/${one.accountId}/events`)
    expect(daysAhead(events[0].eventTime)).toBe(2)
  })

  it.each(['{"forwardSeconds":-1}', '{"forwardSeconds":"1"}', '{"forwardSeconds":1e12}', '{}', 'null', 'soon', ''])('refuses %s', async (body) => {
    const answer = await clock(sandbox.accountId, body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { message: string }).message).toContain('forwardSeconds')
    expect(await (await clock(sandbox.accountId)).json()).toMatchObject({ aheadBySeconds: 0 })
  })

  it('ends temporary credentials that expire meanwhile, and leaves long-lived keys good', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const { Credentials: session } = await new STSClient(config).send(new GetSessionTokenCommand({ DurationSeconds: 3600 }))
    const sts = new STSClient(sandbox.as({ accessKeyId: session!.AccessKeyId!, secretAccessKey: session!.SecretAccessKey!, sessionToken: session!.SessionToken! }))
    await sts.send(new GetCallerIdentityCommand({}))
    await forward(accountId, 1800)
    await sts.send(new GetCallerIdentityCommand({}))
    await forward(accountId, 1801)
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: expect.stringContaining('ExpiredToken') })
    expect((await new STSClient(config).send(new GetSessionTokenCommand({}))).Credentials!.Expiration!.getTime()).toBeGreaterThan(Date.now() + 12 * 3600_000)
  })

  it('is kept across a restart', async () => {
    const { accountId } = await sandbox.newAccount()
    await forward(accountId, DAY)
    await sandbox.close()
    sandbox = await startTestSandbox({ data: sandbox.dataDir, asyncRetryMs: [RETRY_AFTER_S * 1000, 0] })
    expect(await (await clock(accountId)).json()).toMatchObject({ aheadBySeconds: DAY })
  })
})

/** Waits until a function has written so many lines that say this; gives how many days ahead each was, in order. */
function loggedTimes(config: ClientConfig, functionName: string, text: string, count: number): Promise<number[]> {
  const logs = new CloudWatchLogsClient(config)
  return eventually(async () => {
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${functionName}`, filterPattern: text })).catch(() => ({ events: [] }))
    return events.length === count ? events.map(({ timestamp }) => daysAhead(timestamp!)).sort() : undefined
  })
}

describe('functions and the clock', () => {
  it('go on with fresh credentials, and log at the account\'s time', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const lambda = new LambdaClient(config)
    const role = await makeRole(config, 'lister', ['service-role/AWSLambdaBasicExecutionRole'])
    const invoke = async () => {
      const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'key' }))
      return JSON.parse(Buffer.from(Payload!).toString()) as string
    }
    await functionMaker(lambda, role)('key', { zip: handlerZip('async () => { console.log("here"); return process.env.AWS_ACCESS_KEY_ID }') })
    const before = await invoke()
    expect(await invoke()).toBe(before)
    expect(await loggedTimes(config, 'key', 'here', 2)).toEqual([0, 0])
    await forward(accountId, 3 * DAY)
    expect(await invoke()).not.toBe(before)
    expect(await loggedTimes(config, 'key', 'here', 3)).toEqual([0, 0, 3])
  })

  it('tries a failed asynchronous invocation again when the clock passes its wait', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const lambda = new LambdaClient(config)
    const role = await makeRole(config, 'failing', ['service-role/AWSLambdaBasicExecutionRole'])
    await functionMaker(lambda, role)('fails', { zip: handlerZip('async () => { console.log("tried"); throw new Error("not yet") }') })
    await lambda.send(new InvokeCommand({ FunctionName: 'fails', InvocationType: 'Event' }))
    await loggedTimes(config, 'fails', 'tried', 1)
    await forward(accountId, RETRY_AFTER_S)
    // The second retry waits for nothing.
    await loggedTimes(config, 'fails', 'tried', 3)
  })
})

describe('queues and the clock', () => {
  it('show a hidden message again to whoever waits for it, and hand delayed ones to functions, when the clock passes their time', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const sqs = new SQSClient(config)
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '600' } }))
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1)
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
    await forward(accountId, 601)
    expect((await waiting).Messages).toHaveLength(1)

    const lambda = new LambdaClient(config)
    const role = await makeRole(config, 'poller', ['service-role/AWSLambdaSQSQueueExecutionRole'])
    await functionMaker(lambda, role)('takes', { zip: handlerZip('async (event) => console.log("took " + event.Records[0].body)') })
    const { QueueUrl: delayed } = await sqs.send(new CreateQueueCommand({ QueueName: 'delayed', Attributes: { DelaySeconds: '900' } }))
    await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'takes', EventSourceArn: `arn:aws:sqs:us-east-1:${accountId}:delayed` }))
    await sqs.send(new SendMessageCommand({ QueueUrl: delayed, MessageBody: 'later' }))
    await forward(accountId, 901)
    expect(await loggedTimes(config, 'takes', 'took', 1)).toEqual([0])
  })
})
