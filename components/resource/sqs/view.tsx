import { GetQueueAttributesCommand, GetQueueUrlCommand, ListDeadLetterSourceQueuesCommand } from '@aws-sdk/client-sqs'
import { getTranslations } from 'next-intl/server'
import { Facts } from '../facts'
import { PolicyFold, Section } from '../kit'
import { ResourceLink } from '../resource-link'
import { viewOf } from '../view-of'
import { QueueMessages } from './queue-messages'

/** An SQS queue: send, look, delete, purge, move back; and how it is set up. */
export const queueView = viewOf(async ({ arn, parts, accountId, clients: { sqs } }) => {
  const t = await getTranslations('resource.sqs')
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: parts.name, QueueOwnerAWSAccountId: accountId }))
  const [{ Attributes: given = {} }, sources] = await Promise.all([
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })),
    sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl })).then(({ queueUrls = [] }) => queueUrls, () => []),
  ])
  const of = given as Record<string, string>
  const redrive = of.RedrivePolicy ? (JSON.parse(of.RedrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount: number | string }) : undefined
  return (
    <>
      <QueueMessages url={QueueUrl} arn={arn} fifo={parts.name.endsWith('.fifo')} deadLetter={sources.length > 0} />
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('visible'), of.ApproximateNumberOfMessages],
            [t('inFlight'), of.ApproximateNumberOfMessagesNotVisible],
            [t('delayed'), of.ApproximateNumberOfMessagesDelayed],
            [t('visibilityTimeout'), of.VisibilityTimeout && t('seconds', { count: Number(of.VisibilityTimeout) })],
            [t('retention'), of.MessageRetentionPeriod && t('seconds', { count: Number(of.MessageRetentionPeriod) })],
            [t('waitTime'), of.ReceiveMessageWaitTimeSeconds && t('seconds', { count: Number(of.ReceiveMessageWaitTimeSeconds) })],
            [t('delay'), of.DelaySeconds && t('seconds', { count: Number(of.DelaySeconds) })],
            [t('url'), <code key="url" className="font-mono text-sm break-all">{QueueUrl}</code>],
            [t('deadLetterQueue'), redrive && <ResourceLink key="dlq" arn={redrive.deadLetterTargetArn} />],
            [t('maxReceive'), redrive?.maxReceiveCount],
            [t('deadLetterOf'), sources.length > 0 && sources.map((url) => url.split('/').at(-1)).join(', ')],
          ]}
        />
        <PolicyFold title={t('policy')} policy={of.Policy} />
      </Section>
    </>
  )
})
