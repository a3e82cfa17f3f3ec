import { CreateTopicCommand, SubscribeCommand, type SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SetQueueAttributesCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs'

/** Short ways to do what most tests of topics do. */
export function topicTools(sns: SNSClient, sqs: SQSClient, accountId: () => string) {
  const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${accountId()}:${name}`
  return {
    queueArn,
    /** Makes a topic. Gives its ARN. */
    async topic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
      return (await sns.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn!
    },
    /** Makes a queue that lets topics in. Gives its URL. */
    async queue(name: string, Attributes: Record<string, string> = {}): Promise<string> {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }))
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn(name) }] })
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
      return QueueUrl!
    },
    /** Subscribes a queue. Gives the subscription's ARN. */
    async subscribe(TopicArn: string, queue: string, Attributes: Record<string, string> = {}): Promise<string> {
      return (await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes }))).SubscriptionArn!
    },
    /** Waits for so many messages of a queue and takes them out. */
    async take(QueueUrl: string, many = 1): Promise<Message[]> {
      const taken: Message[] = []
      while (taken.length < many) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }))
        if (Messages.length === 0) throw new Error(`${QueueUrl} got ${taken.length} messages of ${many}`)
        for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
        taken.push(...Messages)
      }
      return taken
    },
  }
}
