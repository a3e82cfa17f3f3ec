import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, ListPartsCommand, PutBucketNotificationConfigurationCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { queueTools } from '../sqs/testing'
import { s3Client, s3Tools } from './testing'

const program = sandboxProgram()

it('loses no object, no deletion and no event that it acknowledged when it is killed, and leaves no halves', { timeout: 90_000 }, async () => {
  let config = await program.start()
  let s3 = s3Client(config)
  let sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  const Bucket = await s3Tools(s3).bucket('storm')
  const QueueUrl = await queueTools(sqs).make('told')
  const QueueArn = await queueTools(sqs).attribute(QueueUrl, 'QueueArn')
  const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QueueArn } })
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }] } }))
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'in-parts' }))

  const written = new Map<string, Buffer>()
  const deleted = new Set<string>()
  const uploaded: { PartNumber: number; ETag: string }[] = []
  const unsure = new Set<string>()
  const work = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const key = `${worker}/${i}`
      // Some lie in the store, some in files.
      const body = randomBytes(i % 2 === 0 ? 100 : 40_000)
      await s3Tools(s3).put(Bucket, key, body)
      written.set(key, body)
      if (i % 5 === 0) {
        unsure.add(key)
        await s3.send(new DeleteObjectCommand({ Bucket, Key: key }))
        deleted.add(key)
        unsure.delete(key)
      }
      if (i % 10 === 0) {
        const PartNumber = worker * 1000 + i + 1
        const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'in-parts', UploadId, PartNumber, Body: Buffer.alloc(5 << 20, PartNumber) }))
        uploaded.push({ PartNumber, ETag: ETag! })
      }
    }
  }
  const workers = [0, 1, 2, 3].map((worker) => work(worker).catch(() => {}))
  while (written.size < 150) await new Promise((resolve) => setTimeout(resolve, 10))
  await program.kill()
  await Promise.all(workers)

  config = await program.start()
  s3 = s3Client(config)
  sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  for (const [Key, body] of written) {
    const got = s3.send(new GetObjectCommand({ Bucket, Key })).then(async ({ Body }) => Buffer.from(await Body!.transformToByteArray()))
    if (deleted.has(Key)) await expect(got).rejects.toMatchObject({ name: 'NoSuchKey' })
    else expect([Key, unsure.has(Key) || (await got).equals(body)]).toEqual([Key, true])
    await got.catch(() => {})
  }
  const { Parts } = await s3.send(new ListPartsCommand({ Bucket, Key: 'in-parts', UploadId }))
  expect(Parts!.map(({ PartNumber }) => PartNumber)).toEqual(expect.arrayContaining(uploaded.map(({ PartNumber }) => PartNumber)))
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'in-parts', UploadId, MultipartUpload: { Parts: uploaded.sort((a, b) => a.PartNumber - b.PartNumber) } }))

  const told = new Set<string>()
  for (;;) {
    const batch = await queueTools(sqs).receive(QueueUrl, { MaxNumberOfMessages: 10, WaitTimeSeconds: 2 })
    if (batch.length === 0) break
    for (const { Body } of batch) for (const record of JSON.parse(Body!).Records ?? []) told.add(decodeURIComponent(record.s3.object.key))
  }
  expect([...written.keys()].filter((key) => !told.has(key))).toEqual([])
})

it('collects what a kill left half-written', { timeout: 60_000 }, async () => {
  const s3 = s3Client(await program.start())
  const Bucket = await s3Tools(s3).bucket('halves')
  await s3Tools(s3).put(Bucket, 'whole', randomBytes(50_000))
  const uploads = [1, 2, 3].map((i) => s3Tools(s3).put(Bucket, `half-${i}`, randomBytes(30 << 20)).catch(() => {}))
  const files = () => readdirSync(`${program.data()}/s3`).flatMap((id) => readdirSync(`${program.data()}/s3/${id}`))
  while (!files().some((name) => name.startsWith('unfinished-'))) await new Promise((resolve) => setTimeout(resolve, 2))
  await program.kill()
  await Promise.all(uploads)
  await program.start()
  const until = Date.now() + 5000
  while (files().length > 1 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(files()).toHaveLength(1)
})
