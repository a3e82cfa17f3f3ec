import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client, type CreateBucketCommandInput, type PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { ClientConfig } from '../../testing'

/** An S3 client that works with a sandbox on an address of numbers. */
export function s3Client(config: ClientConfig): S3Client {
  return new S3Client({ ...config, forcePathStyle: true })
}

/** Short ways to do what most tests of S3 do. */
export function s3Tools(s3: S3Client) {
  return {
    async bucket(Bucket: string, more: Partial<CreateBucketCommandInput> = {}): Promise<string> {
      await s3.send(new CreateBucketCommand({ Bucket, ...more }))
      return Bucket
    },
    put: (Bucket: string, Key: string, Body: string | Uint8Array = Key, more: Partial<PutObjectCommandInput> = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more })),
    async text(Bucket: string, Key: string, VersionId?: string): Promise<string> {
      return (await s3.send(new GetObjectCommand({ Bucket, Key, ...(VersionId === undefined ? {} : { VersionId }) }))).Body!.transformToString()
    },
  }
}
