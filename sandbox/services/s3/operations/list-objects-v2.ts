import { ListObjectsV2$, type ListObjectsV2Output, type ListObjectsV2Request } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { invalidArgument } from '../errors'
import { encoder, listKeys } from '../list'
import { checkedListing } from '../listing-input'
import { listed } from '../listed'
import { onListing } from '../on-bucket'

/** A page of a bucket's keys. */
export const listObjectsV2 = operation<ListObjectsV2Request, ListObjectsV2Output>(ListObjectsV2$, {
  ...onListing,
  action: 's3:ListBucket',
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const encode = encoder(input.EncodingType)
    const { Prefix = '', Delimiter = '', StartAfter, ContinuationToken } = input
    const after = ContinuationToken === undefined ? (StartAfter ?? '') : readToken(ContinuationToken)
    const page = await listKeys(sandbox, bucket, { prefix: Prefix, delimiter: Delimiter, after, most: checkedListing(input) })
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      MaxKeys: input.MaxKeys ?? 1000,
      KeyCount: page.found.length + page.prefixes.length,
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      EncodingType: input.EncodingType,
      StartAfter: StartAfter === undefined ? undefined : encode(StartAfter),
      IsTruncated: page.isTruncated,
      ContinuationToken,
      NextContinuationToken: page.isTruncated ? Buffer.from(MARK + page.last!).toString('base64url') : undefined,
      Contents: page.found.map((version) => listed(bucket, version, encode, input.FetchOwner ?? false)),
      CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})

const MARK = 'after:'

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith(MARK)) throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
  return text.slice(MARK.length)
}
