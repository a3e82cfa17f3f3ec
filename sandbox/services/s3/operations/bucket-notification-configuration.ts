import { GetBucketNotificationConfiguration$, PutBucketNotificationConfiguration$, type NotificationConfiguration, type PutBucketNotificationConfigurationRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { getSetting } from '../bucket-setting'
import { changeBucket, bucketOf } from '../buckets'
import { checkTargets } from '../check-targets'
import { refuse } from '../errors'
import { readRules, rulesOf } from '../notification-config'
import { onBucket } from '../on-bucket'

const MEMBER = 'NotificationConfiguration'

/** Sets who is told of what happens in a bucket. Queues and topics get a test event, as on AWS. */
export const putBucketNotificationConfiguration = operation<PutBucketNotificationConfigurationRequest, object>(PutBucketNotificationConfiguration$, {
  ...onBucket,
  action: 's3:PutBucketNotification',
  async run(call) {
    const config = call.input.NotificationConfiguration
    if (!config) throw refuse('MalformedXML')
    const bucket = await bucketOf(call)
    const before = rulesOf(bucket.settings[MEMBER] as NotificationConfiguration | undefined)
    const rules = readRules(config, bucket.region)
    if (!call.input.SkipDestinationValidation) await checkTargets(call, bucket, rules, before)
    await changeBucket(call, ({ settings }) => void (settings[MEMBER] = config))
    return {}
  },
})

export const getBucketNotificationConfiguration = getSetting(GetBucketNotificationConfiguration$, MEMBER, 's3:GetBucketNotification', {})
