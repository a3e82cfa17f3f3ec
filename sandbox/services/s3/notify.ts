import { randomUUID } from 'node:crypto'
import type { NotificationConfiguration } from '@aws-sdk/client-s3'
import type { Call } from '../../operation'
import type { NewDelivery } from '../../outbox'
import type { Write } from '../../store'
import { deliveriesOf } from '../events/deliver'
import { rulesOfBus } from '../events/matching-rules'
import { DEFAULT_BUS } from '../events/names'
import { matching, rulesOf } from './notification-config'
import { bucketArn, canonicalId } from './names'
import type { Bucket, Version } from './records'

/** What happened to an object, as S3 names it (S3 user guide, "Supported event types for SQS, SNS, and Lambda"). */
export type EventName =
  | `ObjectCreated:${'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload'}`
  | `ObjectRemoved:${'Delete' | 'DeleteMarkerCreated'}`
  | `ObjectTagging:${'Put' | 'Delete'}`
  | 'ObjectAcl:Put'

/** S3 tries on for a day ("delivered at least once", typically in seconds). */
const RETRY = { attempts: 100, ageSeconds: 86_400, waits: [1000, 5000, 15_000, 60_000, 300_000, 900_000] }
const EMPTY_MD5 = 'd41d8cd98f00b204e9800998ecf8427e'

/** What tells of a change, to be written with it and sent then. */
export interface Told {
  writes: Write[]
  send(): void
}

/** Who is told of an event of a bucket's object; the writes go into the batch of the change itself. */
export async function notify(call: Call, bucket: Bucket, version: Version, name: EventName): Promise<Told> {
  const config = bucket.settings.NotificationConfiguration as NotificationConfiguration | undefined
  if (!config) return { writes: [], send() {} }
  const deliveries: NewDelivery[] = matching(rulesOf(config), name, version.key).map(({ target, id }) => ({
    ...delivery(bucket, target, JSON.stringify({ Records: [record(call, bucket, version, name, id)] })),
    ...(call.traceHeader === undefined ? {} : { trace: call.traceHeader }),
  }))
  if (config.EventBridgeConfiguration) {
    const event = busEvent(call, bucket, version, name)
    const bus = { account: bucket.account, region: bucket.region, name: DEFAULT_BUS }
    if (event) deliveries.push(...deliveriesOf((await rulesOfBus(call.sandbox, bus))(event), call.sandbox.now()))
  }
  return call.sandbox.outbox.prepare(call.sandbox, deliveries)
}

/** Tells of a deletion: of what is gone, or of the delete marker that was made. */
export function tellOfDeletion(call: Call): (bucket: Bucket, version: Version, isMarkerMade: boolean) => Promise<Told> {
  return (bucket, version, isMarkerMade) => notify(call, bucket, version, isMarkerMade ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete')
}

/** A delivery from a bucket to one of its targets. */
export function delivery(bucket: Bucket, target: string, body: string): NewDelivery {
  return { account: bucket.account, region: bucket.region, target, sender: { service: 's3.amazonaws.com', sourceArn: bucketArn(bucket.name) }, body, subject: 'Amazon S3 Notification', retry: RETRY }
}

/** The message that S3 sends (S3 user guide, "Event message structure"). */
function record({ principal, sourceIp, requestId, sandbox }: Call, bucket: Bucket, version: Version, name: EventName, configurationId: string): object {
  const isGone = name === 'ObjectRemoved:Delete'
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(sandbox.now()).toISOString(),
    eventName: name,
    userIdentity: { principalId: principal.type === 'Anonymous' ? 'Anonymous' : `AWS:${principal.userId}` },
    requestParameters: { sourceIPAddress: sourceIp },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': Buffer.from(requestId).toString('base64') },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: canonicalId(bucket.account) }, arn: bucketArn(bucket.name) },
      object: {
        key: encodeURIComponent(version.key).replace(/%2F/g, '/').replace(/%20/g, '+'),
        ...(isGone ? {} : { size: version.size, eTag: version.isDeleteMarker ? EMPTY_MD5 : version.etag }),
        ...(bucket.versioning !== undefined ? { versionId: version.versionId } : {}),
        sequencer: version.sequence,
      },
    },
  }
}

/** The same for EventBridge (S3 user guide, "EventBridge event message structure"); undefined for what it is not told of. */
function busEvent({ principal, sourceIp, requestId, sandbox }: Call, bucket: Bucket, version: Version, name: EventName): Record<string, unknown> | undefined {
  const [family, how] = name.split(':') as [string, string]
  const type = { ObjectCreated: 'Object Created', ObjectRemoved: 'Object Deleted', ObjectTagging: how === 'Put' ? 'Object Tags Added' : 'Object Tags Deleted', ObjectAcl: 'Object ACL Updated' }[family]
  const reason = { Put: 'PutObject', Post: 'POST Object', Copy: 'CopyObject', CompleteMultipartUpload: 'CompleteMultipartUpload' }[how]
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.s3',
    account: bucket.account,
    time: new Date(sandbox.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: bucket.region,
    resources: [bucketArn(bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: version.key,
        ...(family === 'ObjectRemoved' ? {} : { size: version.size }),
        ...(name === 'ObjectRemoved:Delete' ? {} : { etag: version.isDeleteMarker ? EMPTY_MD5 : version.etag }),
        ...(bucket.versioning !== undefined ? { 'version-id': version.versionId } : {}),
        sequencer: version.sequence,
      },
      'request-id': requestId,
      requester: principal.account,
      'source-ip-address': sourceIp,
      ...(family === 'ObjectCreated' ? { reason } : family === 'ObjectRemoved' ? { reason: 'DeleteObject', 'deletion-type': how === 'Delete' ? 'Permanently Deleted' : 'Delete Marker Created' } : {}),
    },
  }
}
