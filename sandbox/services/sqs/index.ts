import * as sdk from '@aws-sdk/client-sqs'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { runTask } from './move-tasks'
import { queueArn } from './names'
import { addPermission } from './operations/add-permission'
import { cancelMessageMoveTask } from './operations/cancel-message-move-task'
import { changeMessageVisibility } from './operations/change-message-visibility'
import { changeMessageVisibilityBatch } from './operations/change-message-visibility-batch'
import { createQueue } from './operations/create-queue'
import { deleteMessage } from './operations/delete-message'
import { deleteMessageBatch } from './operations/delete-message-batch'
import { deleteQueue } from './operations/delete-queue'
import { getQueueAttributes } from './operations/get-queue-attributes'
import { getQueueUrl } from './operations/get-queue-url'
import { listDeadLetterSourceQueues } from './operations/list-dead-letter-source-queues'
import { listMessageMoveTasks } from './operations/list-message-move-tasks'
import { listQueueTags } from './operations/list-queue-tags'
import { listQueues } from './operations/list-queues'
import { purgeQueue } from './operations/purge-queue'
import { receiveMessage } from './operations/receive-message'
import { removePermission } from './operations/remove-permission'
import { sendMessage } from './operations/send-message'
import { sendMessageBatch } from './operations/send-message-batch'
import { setQueueAttributes } from './operations/set-queue-attributes'
import { startMessageMoveTask } from './operations/start-message-move-task'
import { tagQueue } from './operations/tag-queue'
import { untagQueue } from './operations/untag-queue'
import { receive } from './receive'
import { queues } from './records'

/** Amazon SQS. */
export const sqs: Service = {
  name: 'sqs',
  eventSource: 'sqs.amazonaws.com',
  protocol: 'json',
  jsonVersion: '1.0',
  target: 'AmazonSQS',
  isQueryCompatible: true,
  apiVersion: '2012-11-05',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  // Older clients send their calls to the queue's own address.
  pathInput: (path): Record<string, string> => (path.length > 1 ? { QueueUrl: path } : {}),
  sdk: sdk as unknown as Record<string, unknown>,
  validationCode: 'MissingParameterException',
  operations: [
    addPermission,
    cancelMessageMoveTask,
    changeMessageVisibility,
    changeMessageVisibilityBatch,
    createQueue,
    deleteMessage,
    deleteMessageBatch,
    deleteQueue,
    getQueueAttributes,
    getQueueUrl,
    listDeadLetterSourceQueues,
    listMessageMoveTasks,
    listQueueTags,
    listQueues,
    purgeQueue,
    receiveMessage,
    removePermission,
    sendMessage,
    sendMessageBatch,
    setQueueAttributes,
    startMessageMoveTask,
    tagQueue,
    untagQueue,
  ],
  receive,
  alarm: runTask,
  resources,
}

async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  return (await store.ofAccount(queues, account)).map((queue) => ({ service: 'sqs', type: 'queue', name: queue.name, arn: queueArn(queue), createdAt: new Date(queue.createdAt * 1000).toISOString() }))
}
