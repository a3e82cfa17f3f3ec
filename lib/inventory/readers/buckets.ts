import { GetBucketNotificationConfigurationCommand, ListBucketsCommand } from '@aws-sdk/client-s3'
import type { Look } from '../look'

/** S3's buckets with what their notifications start. */
export async function readBuckets(look: Look): Promise<void> {
  const client = look.clients.s3
  const { Buckets = [] } = (await look.ask('s3', () => client.send(new ListBucketsCommand({})))) ?? {}
  await Promise.all(
    Buckets.map(async ({ Name: name = '', CreationDate, BucketRegion: region }) => {
      const arn = `arn:aws:s3:::${name}`
      look.add({ arn, service: 's3', kind: 'bucket', name, createdAt: CreationDate?.toISOString(), facts: { region } })
      const told = await look.ask('s3', () => client.send(new GetBucketNotificationConfigurationCommand({ Bucket: name })))
      for (const { LambdaFunctionArn } of told?.LambdaFunctionConfigurations ?? []) look.link(arn, LambdaFunctionArn, 'triggers')
      for (const { TopicArn } of told?.TopicConfigurations ?? []) look.link(arn, TopicArn, 'delivers')
      for (const { QueueArn } of told?.QueueConfigurations ?? []) look.link(arn, QueueArn, 'delivers')
    }),
  )
}
