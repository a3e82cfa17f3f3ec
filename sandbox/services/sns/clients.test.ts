import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { topicTools } from './testing'

let sandbox: TestSandbox
let tools: ReturnType<typeof topicTools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  tools = topicTools(new SNSClient(sandbox.learner), new SQSClient(sandbox.learner), () => sandbox.accountId)
})
afterAll(() => sandbox.remove())

it.skipIf(!awsCliVersion)(awsCliVersion ? 'the AWS CLI makes a topic, subscribes a queue and publishes' : 'the AWS CLI is not installed: left out', { timeout: 60_000 }, async () => {
  const aws = (...args: string[]) => awsCli(sandbox.learner, ['sns', ...args])
  const url = await tools.queue('cli')
  const { TopicArn } = await aws('create-topic', '--name', 'cli', '--tags', 'Key=team,Value=a')
  const { SubscriptionArn } = await aws('subscribe', '--topic-arn', TopicArn, '--protocol', 'sqs', '--notification-endpoint', tools.queueArn('cli'), '--attributes', JSON.stringify({ RawMessageDelivery: 'true', FilterPolicy: '{"kind":["book"]}' }))
  await aws('publish', '--topic-arn', TopicArn, '--message', 'a film', '--message-attributes', '{"kind":{"DataType":"String","StringValue":"film"}}')
  await aws('publish', '--topic-arn', TopicArn, '--message', 'a book', '--message-attributes', '{"kind":{"DataType":"String","StringValue":"book"}}')
  expect((await tools.take(url)).map(({ Body }) => Body)).toEqual(['a book'])
  expect(await aws('list-subscriptions-by-topic', '--topic-arn', TopicArn)).toEqual({ Subscriptions: [{ SubscriptionArn, Owner: sandbox.accountId, Protocol: 'sqs', Endpoint: tools.queueArn('cli'), TopicArn }] })
  expect(await aws('list-tags-for-resource', '--resource-arn', TopicArn)).toEqual({ Tags: [{ Key: 'team', Value: 'a' }] })
  await expect(aws('publish', '--topic-arn', `${TopicArn}x`, '--message', 'x')).rejects.toThrow('An error occurred (NotFound) when calling the Publish operation: Topic does not exist')
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 makes a FIFO topic, publishes a batch and reads errors' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const url = await tools.queue('boto.fifo', { FifoQueue: 'true' })
  const found = await boto3(
    sandbox.learner,
    `
sns = boto3.client("sns")
topic = sns.create_topic(Name="boto.fifo", Attributes={"FifoTopic": "true", "ContentBasedDeduplication": "true"})["TopicArn"]
sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="${tools.queueArn('boto.fifo')}", Attributes={"RawMessageDelivery": "true"})
answer = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[{"Id": str(i), "Message": "m" + str(i), "MessageGroupId": "g", "MessageAttributes": {"bytes": {"DataType": "Binary", "BinaryValue": b"\\x01"}}} for i in range(3)])
try:
    sns.publish(TopicArn=topic, Message="x")
except sns.exceptions.InvalidParameterException as e:
    refused = e.response["Error"]["Message"]
print(json.dumps([len(answer["Successful"]), refused, sns.get_topic_attributes(TopicArn=topic)["Attributes"]["FifoTopic"]]))
`,
  )
  expect(found).toEqual([3, 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics', 'true'])
  const messages = await tools.take(url, 3)
  expect(messages.map(({ Body }) => Body)).toEqual(['m0', 'm1', 'm2'])
  expect([...messages[0]!.MessageAttributes!.bytes!.BinaryValue!]).toEqual([1])
})
