import { ListObjects$, type ListObjectsOutput, type ListObjectsRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { encoder, listKeys } from '../list'
import { checkedListing } from '../listing-input'
import { listed } from '../listed'
import { onListing } from '../on-bucket'

/** A page of a bucket's keys, in the older form. */
export const listObjects = operation<ListObjectsRequest, ListObjectsOutput>(ListObjects$, {
  ...onListing,
  action: 's3:ListBucket',
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const encode = encoder(input.EncodingType)
    const { Prefix = '', Delimiter = '', Marker = '' } = input
    const page = await listKeys(sandbox, bucket, { prefix: Prefix, delimiter: Delimiter, after: Marker, most: checkedListing(input) })
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      Marker: encode(Marker),
      MaxKeys: input.MaxKeys ?? 1000,
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      EncodingType: input.EncodingType,
      IsTruncated: page.isTruncated,
      // Without a delimiter the last key is where the next page begins.
      NextMarker: page.isTruncated && Delimiter !== '' ? encode(page.last!) : undefined,
      Contents: page.found.map((version) => listed(bucket, version, encode, true)),
      CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
