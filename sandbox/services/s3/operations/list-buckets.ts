import { ListBuckets$, type ListBucketsOutput, type ListBucketsRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { ownerOf } from '../acl'
import { bucketsOf } from '../buckets'
import { invalidArgument } from '../errors'
import { bucketArn } from '../names'

const MOST = 10_000

/** The caller's buckets, by name. */
export const listBuckets = operation<ListBucketsRequest, ListBucketsOutput>(ListBuckets$, {
  action: 's3:ListAllMyBuckets',
  resource: () => '*',
  async run({ input, sandbox, account }) {
    const { MaxBuckets = MOST, Prefix = '', ContinuationToken, BucketRegion } = input
    if (!Number.isInteger(MaxBuckets) || MaxBuckets < 1 || MaxBuckets > MOST) throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', String(MaxBuckets))
    const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64url').toString()
    const all = (await bucketsOf(sandbox, account)).filter(({ name, region }) => name.startsWith(Prefix) && name > after && (BucketRegion === undefined || region === BucketRegion))
    const page = all.slice(0, MaxBuckets)
    return {
      Owner: ownerOf(account),
      Buckets: page.map(({ name, region, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt), BucketArn: bucketArn(name), BucketRegion: region })),
      Prefix: input.Prefix,
      ContinuationToken: all.length > page.length ? Buffer.from(page.at(-1)!.name).toString('base64url') : undefined,
    }
  },
})
