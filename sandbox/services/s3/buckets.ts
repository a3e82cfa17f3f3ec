import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { ALL } from '../../credentials'
import { refuse } from './errors'
import { buckets, type Bucket } from './records'

export function findBucket(sandbox: Sandbox, name: string): Promise<Bucket | undefined> {
  return sandbox.store.get(buckets, ALL, name)
}

/** @throws AwsError NoSuchBucket */
export async function requireBucket(sandbox: Sandbox, name: string): Promise<Bucket> {
  const bucket = await findBucket(sandbox, name)
  if (!bucket) throw refuse('NoSuchBucket', { BucketName: name })
  return bucket
}

const looked = new WeakMap<Call, Promise<Bucket>>()

/** The bucket that a call names, looked up once for it. @throws AwsError NoSuchBucket; AccessDenied where it is not whose the caller expects */
export function bucketOf(call: Call): Promise<Bucket> {
  let found = looked.get(call)
  if (!found) looked.set(call, (found = look(call)))
  return found
}

async function look({ sandbox, input }: Call): Promise<Bucket> {
  const bucket = await requireBucket(sandbox, input.Bucket)
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== bucket.account) throw refuse('AccessDenied')
  return bucket
}

/** All buckets of an account, by name. */
export async function bucketsOf(sandbox: Sandbox, account: string): Promise<Bucket[]> {
  const found: Bucket[] = []
  for await (const bucket of sandbox.store.values(buckets, ALL)) if (bucket.account === account) found.push(bucket)
  return found
}

/** Runs `work` alone on which buckets there are and how they are set. */
export function lockBuckets<T>(sandbox: Sandbox, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock('s3 buckets', work)
}

/** Runs `work` alone on the objects of a bucket, which is still there. @throws AwsError NoSuchBucket */
export function lockObjects<T>(sandbox: Sandbox, { name, id }: Bucket, work: (bucket: Bucket) => Promise<T>): Promise<T> {
  return sandbox.store.lock(`s3 ${id}`, async () => {
    const bucket = await findBucket(sandbox, name)
    if (bucket?.id !== id) throw refuse('NoSuchBucket', { BucketName: name })
    return work(bucket)
  })
}

/** Changes how a bucket is set: `change` gets the record to alter, which is then written. */
export function changeBucket(call: Call, change: (bucket: Bucket) => void | Promise<void>): Promise<Bucket> {
  const { sandbox, input } = call
  return lockBuckets(sandbox, async () => {
    const bucket = await requireBucket(sandbox, input.Bucket)
    await change(bucket)
    await sandbox.store.put(buckets, ALL, bucket.name, bucket)
    return bucket
  })
}
