import type { Call, Operation } from '../../operation'
import { resourcePolicyOf } from './bucket-policy'
import { bucketOf } from './buckets'
import { bucketArn } from './names'

/** What IAM decides on for the operations on one bucket. */
export const onBucket: Pick<Operation, 'resource' | 'context' | 'resourcePolicy' | 'owner'> = {
  resource: async (call) => bucketArn((await bucketOf(call)).name),
  resourcePolicy: async (call) => resourcePolicyOf(await bucketOf(call), call.principal),
  owner: async (call) => (await bucketOf(call)).account,
}

/** The same for those that list: what they ask for is known to conditions. */
export const onListing: typeof onBucket = {
  ...onBucket,
  context: ({ input }) => ({ ...text('s3:prefix', input.Prefix), ...text('s3:delimiter', input.Delimiter), ...text('s3:max-keys', input.MaxKeys) }),
}

/** A condition key whose value a call gives, where it does. */
export function text(key: string, value: string | number | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: String(value) }
}

/** Asks IAM for a further action on a bucket's things, with the bucket's policy. @throws AccessDenied */
export async function authorizeIn(call: Call, action: string, resource: string, context: Record<string, string | string[]> = {}): Promise<void> {
  const bucket = await bucketOf(call)
  await call.authorize(action, resource, context, resourcePolicyOf(bucket, call.principal), bucket.account)
}
