import {
  DeleteBucketPolicy$,
  GetBucketPolicy$,
  GetBucketPolicyStatus$,
  PutBucketPolicy$,
  type DeleteBucketPolicyRequest,
  type GetBucketPolicyOutput,
  type GetBucketPolicyRequest,
  type GetBucketPolicyStatusOutput,
  type GetBucketPolicyStatusRequest,
  type PutBucketPolicyRequest,
} from '@aws-sdk/client-s3'
import { operation, type Call } from '../../../operation'
import { parsePolicy } from '../../iam/policy-document'
import { isPublic } from '../bucket-policy'
import { bucketOf, changeBucket } from '../buckets'
import { checkBucketPolicy } from '../check-policy'
import { refuse } from '../errors'
import { onBucket } from '../on-bucket'
import type { Bucket } from '../records'

/** The owner's root gets at a policy that shuts everybody out (S3 API reference, PutBucketPolicy). */
const onPolicy: typeof onBucket = {
  ...onBucket,
  resourcePolicy: async (call, resource) => {
    const { account } = await bucketOf(call)
    return call.principal.type === 'Root' && call.principal.account === account ? undefined : onBucket.resourcePolicy!(call, resource)
  },
}

/** Sets who may use a bucket, beside what users' own policies say. */
export const putBucketPolicy = operation<PutBucketPolicyRequest, object>(PutBucketPolicy$, {
  ...onPolicy,
  async run(call) {
    const text = call.input.Policy ?? ''
    const document = await checkBucketPolicy(call.sandbox, await ownBucket(call), text)
    await changeBucket(call, (bucket) => {
      if (bucket.publicAccess?.BlockPublicPolicy && isPublic(document)) {
        throw Object.assign(refuse('AccessDenied'), { message: `User: ${call.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.` })
      }
      bucket.policy = text
    })
    return {}
  },
})

export const getBucketPolicy = operation<GetBucketPolicyRequest, GetBucketPolicyOutput>(GetBucketPolicy$, {
  ...onPolicy,
  async run(call) {
    const { policy, name } = await ownBucket(call)
    if (policy === undefined) throw refuse('NoSuchBucketPolicy', { BucketName: name })
    return { Policy: policy }
  },
})

export const deleteBucketPolicy = operation<DeleteBucketPolicyRequest, object>(DeleteBucketPolicy$, {
  ...onPolicy,
  async run(call) {
    await ownBucket(call)
    await changeBucket(call, (bucket) => void delete bucket.policy)
    return {}
  },
})

export const getBucketPolicyStatus = operation<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput>(GetBucketPolicyStatus$, {
  ...onBucket,
  async run(call) {
    const { policy, name } = await bucketOf(call)
    if (policy === undefined) throw refuse('NoSuchBucketPolicy', { BucketName: name })
    return { PolicyStatus: { IsPublic: isPublic(parsePolicy(policy)) } }
  },
})

/** Policies are the owner's alone, whatever they grant (S3 API reference, GetBucketPolicy: 405 for others). */
async function ownBucket(call: Call): Promise<Bucket> {
  const bucket = await bucketOf(call)
  if (call.principal.account !== bucket.account) throw refuse('MethodNotAllowed', { Method: call.input.Policy === undefined ? 'GET' : 'PUT', ResourceType: 'BUCKETPOLICY' })
  return bucket
}
