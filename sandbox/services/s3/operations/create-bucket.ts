import { randomUUID } from 'node:crypto'
import { CreateBucket$, type CreateBucketOutput, type CreateBucketRequest } from '@aws-sdk/client-s3'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { readAcl } from '../acl'
import { bucketsOf, findBucket, lockBuckets } from '../buckets'
import { refuse } from '../errors'
import { bucketArn, checkBucketName } from '../names'
import { text } from '../on-bucket'
import { buckets, type Bucket } from '../records'
import { checkTags } from '../tags'

/** S3 quotas, "General purpose buckets", default of an account. */
const MOST_BUCKETS = 10_000
const LEGACY_REGION = 'us-east-1'
const REGION = /^(?:[a-z]{2}(?:-[a-z]+)+-\d|EU)$/

/** Makes a bucket: its name is taken in all accounts then, public access is blocked and ACLs are off, as AWS has it since April 2023. */
export const createBucket = operation<CreateBucketRequest, CreateBucketOutput>(CreateBucket$, {
  resource: ({ input }) => bucketArn(input.Bucket!),
  context: ({ input }) => ({ ...text('s3:x-amz-acl', input.ACL), ...text('s3:locationconstraint', input.CreateBucketConfiguration?.LocationConstraint), ...text('s3:x-amz-object-ownership', input.ObjectOwnership) }),
  async run({ input, sandbox, account, region }) {
    const name = input.Bucket!
    checkBucketName(name)
    const asked = input.CreateBucketConfiguration?.LocationConstraint as string | undefined
    if (asked !== undefined && (!REGION.test(asked) || asked === LEGACY_REGION)) throw refuse('InvalidLocationConstraint', { LocationConstraint: asked })
    if (asked === undefined ? region !== LEGACY_REGION : region !== LEGACY_REGION && asked !== region) {
      throw Object.assign(refuse('IllegalLocationConstraintException'), { message: `The ${asked ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.` })
    }
    const ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced'
    const publicAccess = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
    if (ownership === 'BucketOwnerEnforced' && input.ACL !== undefined && input.ACL !== 'private') throw refuse('InvalidBucketAclWithObjectOwnership')
    const grants = ownership === 'BucketOwnerEnforced' ? undefined : readAcl({ ownership, publicAccess, account }, input, account)
    const tags = checkTags(input.CreateBucketConfiguration?.Tags ?? [], 50)
    await lockBuckets(sandbox, async () => {
      const before = await findBucket(sandbox, name)
      // Only us-east-1 takes the same call of the same owner twice (S3 API reference, CreateBucket, BucketAlreadyOwnedByYou).
      if (before?.account === account && before.region === LEGACY_REGION && asked === undefined) return
      if (before) throw refuse(before.account === account ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists', { BucketName: name })
      if ((await bucketsOf(sandbox, account)).length >= MOST_BUCKETS) throw refuse('TooManyBuckets')
      const bucket: Bucket = {
        name,
        id: randomUUID(),
        account,
        region: asked === 'EU' ? 'eu-west-1' : (asked ?? LEGACY_REGION),
        createdAt: sandbox.now(),
        ownership,
        publicAccess,
        settings: {},
        ...(grants ? { grants } : {}),
        ...(Object.keys(tags).length > 0 ? { tags } : {}),
        ...(input.ObjectLockEnabledForBucket ? { versioning: 'Enabled' } : {}),
      }
      await sandbox.store.put(buckets, ALL, name, bucket)
    })
    return { Location: asked === undefined ? `/${name}` : `http://${name}.s3.amazonaws.com/`, BucketArn: bucketArn(name) }
  },
})
