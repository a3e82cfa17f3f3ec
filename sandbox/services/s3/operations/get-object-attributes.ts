import { GetObjectAttributes$, type GetObjectAttributesOutput, type GetObjectAttributesRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { shownChecksum } from '../checksums'
import { shownVersionId } from '../described'
import { invalidArgument } from '../errors'
import { onObject, readAction, requireVersion } from '../on-object'

const KNOWN = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']
const MOST_PARTS = 1000

/** What is known of an object, as much as is asked for. */
export const getObjectAttributes = operation<GetObjectAttributesRequest, GetObjectAttributesOutput>(GetObjectAttributes$, {
  ...onObject,
  action: readAction('s3:GetObject', 's3:GetObjectVersion'),
  async run(call) {
    const { input } = call
    const asked = (input.ObjectAttributes ?? []) as string[]
    if (asked.length === 0 || !asked.every((name) => KNOWN.includes(name))) throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', asked.join(','))
    const version = await requireVersion(call)
    const { MaxParts = MOST_PARTS, PartNumberMarker = '0' } = input
    const all = version.parts ?? []
    const page = all.filter(({ number }) => number > Number(PartNumberMarker)).slice(0, Math.min(MaxParts, MOST_PARTS))
    const algorithm = version.checksum?.algorithm
    const whole: GetObjectAttributesOutput = {
      ETag: version.etag,
      Checksum: version.checksum ? shownChecksum(version.checksum) : undefined,
      ObjectParts: version.parts && {
        TotalPartsCount: all.length,
        PartNumberMarker,
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts,
        IsTruncated: page.length > 0 && page.at(-1) !== all.at(-1),
        // S3 tells the parts one by one only where each has a checksum of its own kind.
        Parts: version.checksum?.type === 'COMPOSITE' ? page.map(({ number, size, checksum }) => ({ PartNumber: number, Size: size, ...(checksum === undefined ? {} : { [`Checksum${algorithm}`]: checksum }) })) : undefined,
      },
      StorageClass: version.described.storageClass as never,
      ObjectSize: version.size,
    }
    return {
      LastModified: new Date(version.modifiedAt),
      VersionId: shownVersionId(await bucketOf(call), version),
      ...Object.fromEntries(Object.entries(whole).filter(([name]) => asked.includes(name))),
    }
  },
})
