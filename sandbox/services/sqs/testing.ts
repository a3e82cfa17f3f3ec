import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient, type ReceiveMessageRequest } from '@aws-sdk/client-sqs'

/** Short ways to do what most tests of queues do. */
export function queueTools(sqs: SQSClient) {
  return {
    /** Makes a queue. Gives its URL. */
    async make(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
      return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!
    },
    async receive(QueueUrl: string, more: Partial<ReceiveMessageRequest> = {}) {
      return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? []
    },
    async attribute(QueueUrl: string, name: 'QueueArn' | 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible' | 'ApproximateNumberOfMessagesDelayed') {
      return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name] }))).Attributes![name]!
    },
  }
}
