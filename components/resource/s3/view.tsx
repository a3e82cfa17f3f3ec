import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type GetBucketNotificationConfigurationCommandOutput,
} from '@aws-sdk/client-s3'
import { getTranslations } from 'next-intl/server'
import { isAwsError } from '@/components/lab/explain-error'
import { Facts } from '../facts'
import { PolicyFold, Section } from '../kit'
import { viewOf } from '../view-of'
import { BucketObjects } from './bucket-objects'

/** An S3 bucket: its objects by folder, and how it is set up. */
export const bucketView = viewOf(async ({ parts, clients: { s3 } }) => {
  const Bucket = parts.name.split('/')[0]!
  const t = await getTranslations('resource.s3')
  const [versioning, block, notifications, encryption, cors, policy] = await Promise.all([
    s3.send(new GetBucketVersioningCommand({ Bucket })),
    orAbsent(s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
    orAbsent(s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))),
    orAbsent(s3.send(new GetBucketEncryptionCommand({ Bucket }))),
    orAbsent(s3.send(new GetBucketCorsCommand({ Bucket }))),
    orAbsent(s3.send(new GetBucketPolicyCommand({ Bucket }))),
  ])
  const blocked = Object.entries(block?.PublicAccessBlockConfiguration ?? {}).filter(([, on]) => on)
  const targets = notifications ? notificationsOf(notifications) : []
  return (
    <>
      <BucketObjects bucket={Bucket} versioned={versioning.Status === 'Enabled'} />
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('versioning'), versioning.Status ?? t('off')],
            [t('publicAccess'), blocked.length === 4 ? t('allBlocked') : blocked.length === 0 ? t('notBlocked') : blocked.map(([name]) => name).join(', ')],
            [t('encryption'), encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm],
            [t('cors'), cors ? t('rules', { count: cors.CORSRules?.length ?? 0 }) : t('off')],
            [t('notifications'), targets.length === 0 ? t('off') : undefined],
          ]}
        />
        {targets.length > 0 && (
          <div>
            <h4 className="font-semibold">{t('notifications')}</h4>
            <ul className="mt-1 grid grid-cols-1 gap-1 text-sm">
              {targets.map((words) => (
                <li key={words} className="font-mono break-all">
                  {words}
                </li>
              ))}
            </ul>
          </div>
        )}
        <PolicyFold title={t('policy')} policy={policy?.Policy} />
      </Section>
    </>
  )
})

/** A part of a bucket's set-up that is not there, or that the learner may not read, is left out. */
async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isAwsError(error)) return undefined
    throw error
  }
}

function notificationsOf({ LambdaFunctionConfigurations = [], QueueConfigurations = [], TopicConfigurations = [], EventBridgeConfiguration }: GetBucketNotificationConfigurationCommandOutput): string[] {
  const all = [
    ...LambdaFunctionConfigurations.map((one) => ({ ...one, target: one.LambdaFunctionArn })),
    ...QueueConfigurations.map((one) => ({ ...one, target: one.QueueArn })),
    ...TopicConfigurations.map((one) => ({ ...one, target: one.TopicArn })),
  ]
  const words = all.map(({ Events = [], Filter, target }) => {
    const rules = Filter?.Key?.FilterRules?.map(({ Name, Value }) => `${Name} ${Value}`) ?? []
    return `${[...Events, ...rules].join(', ')} → ${target}`
  })
  return EventBridgeConfiguration ? [...words, '→ EventBridge'] : words
}
