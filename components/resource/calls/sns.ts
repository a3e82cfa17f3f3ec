import { PublishCommand } from '@aws-sdk/client-sns'
import { z } from 'zod'
import { call } from './call'
import { optionalText } from './fields'
import { messageAttributes } from './sqs'

export const snsCalls = {
  'sns.publish': call({
    input: z.object({
      topic: z.string().min(1),
      message: z.string().min(1),
      subject: optionalText,
      group: optionalText,
      deduplication: optionalText,
      attributes: z.array(z.object({ name: z.string().min(1), value: z.string() })).max(10),
    }),
    service: 'sns',
    command: ({ topic, message, subject, group, deduplication, attributes }) =>
      new PublishCommand({
        TopicArn: topic,
        Message: message,
        ...(subject !== undefined && { Subject: subject }),
        ...(group !== undefined && { MessageGroupId: group }),
        ...(deduplication !== undefined && { MessageDeduplicationId: deduplication }),
        ...messageAttributes(attributes),
      }),
    answer: ({ MessageId = '' }) => ({ id: MessageId }),
  }),
}
