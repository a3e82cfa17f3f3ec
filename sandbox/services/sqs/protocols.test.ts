import { execFile, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

async function signed(path: string, body: string, headers: Record<string, string>) {
  const { hostname, port } = new URL(sandbox.url)
  const signer = new SignatureV4({ service: 'sqs', region: 'us-east-1', credentials: sandbox.learner.credentials, sha256: Sha256 })
  const request = await signer.sign({ method: 'POST', protocol: 'http:', hostname, port: Number(port), path, headers: { host: `${hostname}:${port}`, ...headers }, body })
  const response = await fetch(sandbox.url + path, { method: 'POST', headers: request.headers, body })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const query = (fields: Record<string, string>, path = '/') => signed(path, new URLSearchParams({ Version: '2012-11-05', ...fields }).toString(), { 'content-type': 'application/x-www-form-urlencoded' })
const json = (name: string, input: object) => signed('/', JSON.stringify(input), { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${name}` })

describe('the Query protocol of older clients', () => {
  it('makes a queue, sends and receives in XML', async () => {
    const made = await query({ Action: 'CreateQueue', QueueName: 'old', 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': '0', 'Tag.1.Key': 'k', 'Tag.1.Value': 'v' })
    const path = `/${sandbox.accountId}/old`
    expect(made.text).toContain(`<CreateQueueResult><QueueUrl>${sandbox.url}${path}</QueueUrl></CreateQueueResult>`)
    const attribute = { 'MessageAttribute.1.Name': 'a', 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': 'b' }
    const sent = await query({ Action: 'SendMessage', MessageBody: 'x < y', ...attribute }, path)
    expect(sent.text).toMatch(/<SendMessageResult>.*<MD5OfMessageBody>[0-9a-f]{32}<\/MD5OfMessageBody>/)
    const received = await query({ Action: 'ReceiveMessage', QueueUrl: sandbox.url + path, 'AttributeName.1': 'ApproximateReceiveCount', 'MessageAttributeName.1': 'All' })
    expect(received.text).toMatch(/<ReceiveMessageResult><Message>.*<Body>x &lt; y<\/Body>/)
    expect(received.text).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>')
    expect(received.text).toContain('<MessageAttribute><Name>a</Name><Value><DataType>String</DataType><StringValue>b</StringValue></Value></MessageAttribute>')
    const batch = await query({ Action: 'SendMessageBatch', 'SendMessageBatchRequestEntry.1.Id': 'one', 'SendMessageBatchRequestEntry.1.MessageBody': 'm' }, path)
    expect(batch.text).toContain('<SendMessageBatchResultEntry><Id>one</Id>')
    expect((await query({ Action: 'ListQueueTags' }, path)).text).toContain('<Tag><Key>k</Key><Value>v</Value></Tag>')
    expect((await query({ Action: 'PurgeQueue' }, path)).text).toContain('<PurgeQueueResponse')
  })

  it('names errors as it always did', async () => {
    const { status, text } = await query({ Action: 'GetQueueUrl', QueueName: 'nowhere' })
    expect(status).toBe(400)
    expect(text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>')
    expect((await query({ Action: 'CreateQueue', QueueName: 'a b' })).text).toContain('<Code>InvalidParameterValue</Code>')
  })
})

describe('the JSON protocol', () => {
  it('answers in version 1.0 and tells the old name of an error beside the new', async () => {
    expect((await json('ListQueues', {})).headers.get('content-type')).toBe('application/x-amz-json-1.0')
    const { status, headers, text } = await json('GetQueueUrl', { QueueName: 'nowhere' })
    expect(status).toBe(400)
    expect(headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender')
    expect(JSON.parse(text)).toMatchObject({ __type: 'QueueDoesNotExist', message: 'The specified queue does not exist.' })
    expect((await json('SendMessage', { MessageBody: 'x' })).headers.get('x-amzn-query-error')).toBe('MissingParameter;Sender')
  })
})

it.skipIf(!awsCliVersion)(awsCliVersion ? 'the AWS CLI makes a queue, sends, receives and deletes' : 'the AWS CLI is not installed: left out', { timeout: 60_000 }, async () => {
  // Version 1 of the CLI does not heed AWS_ENDPOINT_URL for SQS.
  const aws = (...args: string[]) => awsCli(sandbox.learner, ['sqs', ...args, '--endpoint-url', sandbox.url])
  const { QueueUrl } = await aws('create-queue', '--queue-name', 'cli', '--attributes', 'DelaySeconds=0')
  const { MessageId } = await aws('send-message', '--queue-url', QueueUrl, '--message-body', 'hello', '--message-attributes', '{"a":{"DataType":"String","StringValue":"b"}}')
  const { Messages } = await aws('receive-message', '--queue-url', QueueUrl, '--message-attribute-names', 'All', '--wait-time-seconds', '1')
  expect(Messages).toMatchObject([{ MessageId, Body: 'hello', MessageAttributes: { a: { StringValue: 'b' } } }])
  await aws('delete-message', '--queue-url', QueueUrl, '--receipt-handle', Messages[0].ReceiptHandle)
  await aws('delete-queue', '--queue-url', QueueUrl)
  await expect(aws('get-queue-url', '--queue-name', 'cli')).rejects.toThrow(/AWS.SimpleQueueService.NonExistentQueue/)
})

const run = promisify(execFile)
function environment(): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey } = sandbox.learner.credentials
  return { PATH: process.env.PATH, HOME: tmpdir(), PYENV_ROOT: process.env.PYENV_ROOT, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL: sandbox.url, AWS_PAGER: '' } as unknown as NodeJS.ProcessEnv
}

const hasBoto = spawnSync('python3', ['-c', 'import boto3']).status === 0
const BOTO = `
import boto3
sqs = boto3.resource("sqs")
queue = sqs.create_queue(QueueName="boto.fifo", Attributes={"FifoQueue": "true"})
queue.send_message(MessageBody="m", MessageGroupId="g", MessageDeduplicationId="d", MessageAttributes={"n": {"DataType": "Number", "StringValue": "1"}, "b": {"DataType": "Binary", "BinaryValue": b"\\x00\\x01"}})
queue.send_messages(Entries=[{"Id": "1", "MessageBody": "m2", "MessageGroupId": "g", "MessageDeduplicationId": "d2"}])
messages = queue.receive_messages(MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"])
print([m.body for m in messages], messages[0].message_attributes["b"]["BinaryValue"] == b"\\x00\\x01")
for m in messages: m.delete()
try: sqs.get_queue_by_name(QueueName="none")
except sqs.meta.client.exceptions.QueueDoesNotExist as e: print(e.response["Error"]["Code"])
`
it.skipIf(!hasBoto)(hasBoto ? 'boto3 works with FIFO queues and checks every digest' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const { stdout } = await run('python3', ['-c', BOTO], { env: environment() })
  expect(stdout.trim().split('\n')).toEqual(["['m', 'm2'] True", 'AWS.SimpleQueueService.NonExistentQueue'])
})
