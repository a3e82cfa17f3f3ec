import { ListObjectVersions$, type DeleteMarkerEntry, type ListObjectVersionsOutput, type ListObjectVersionsRequest, type ObjectVersion } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { bucketOf } from '../buckets'
import { ownerOf } from '../acl'
import { invalidArgument } from '../errors'
import { encoder, listKeys } from '../list'
import { checkedListing } from '../listing-input'
import { listed } from '../listed'
import { findVersion, olderVersions } from '../objects'
import { onListing } from '../on-bucket'
import { rowOf, type Version } from '../records'

/** A page of a bucket's versions and delete markers: by key, of each key the newest first. */
export const listObjectVersions = operation<ListObjectVersionsRequest, ListObjectVersionsOutput>(ListObjectVersions$, {
  ...onListing,
  action: 's3:ListBucketVersions',
  async run(call) {
    const { input, sandbox } = call
    const bucket = await bucketOf(call)
    const { Prefix = '', Delimiter = '', KeyMarker = '', VersionIdMarker } = input
    if (VersionIdMarker !== undefined && KeyMarker === '') throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', VersionIdMarker)
    const encode = encoder(input.EncodingType)
    const most = checkedListing(input)
    const versionsOf = async (current: Version) => [{ version: current, isLatest: true }, ...(await olderVersions(sandbox, bucket, current.key)).map((version) => ({ version, isLatest: false }))]

    const found: { version: Version; isLatest: boolean }[] = []
    const prefixes: string[] = []
    let last: { key: string; versionId?: string } | undefined
    let isTruncated = false
    const isFull = () => found.length + prefixes.length >= most
    const take = (items: { version: Version; isLatest: boolean }[]) => {
      for (const item of items) {
        if (isFull()) {
          isTruncated = most > 0
          return
        }
        found.push(item)
        last = { key: item.version.key, versionId: item.version.versionId }
      }
    }
    if (VersionIdMarker !== undefined) {
      const current = await findVersion(sandbox, bucket, KeyMarker)
      const all = current ? await versionsOf(current) : []
      take(all.slice(all.findIndex(({ version }) => version.versionId === VersionIdMarker) + 1))
    }
    const page = await listKeys(sandbox, bucket, { prefix: Prefix, delimiter: Delimiter, after: KeyMarker, most, withMarkers: true })
    const entries = [...page.found.map((version) => ({ name: version.key, version })), ...page.prefixes.map((name) => ({ name, version: undefined }))]
    entries.sort((a, b) => (rowOf(a.name) < rowOf(b.name) ? -1 : 1))
    for (const { name, version } of entries) {
      if (isTruncated) break
      if (version) take(await versionsOf(version))
      else if (isFull()) isTruncated = most > 0
      else {
        prefixes.push(name)
        last = { key: name }
      }
    }
    isTruncated ||= page.isTruncated
    const shown = found.map(({ version, isLatest }) => ({ ...listed(bucket, version, encode, true), VersionId: version.versionId, IsLatest: isLatest, isMarker: version.isDeleteMarker }))
    return {
      Name: bucket.name,
      Prefix: encode(Prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? '',
      MaxKeys: input.MaxKeys ?? 1000,
      Delimiter: Delimiter === '' ? undefined : encode(Delimiter),
      EncodingType: input.EncodingType,
      IsTruncated: isTruncated,
      NextKeyMarker: isTruncated && last ? encode(last.key) : undefined,
      NextVersionIdMarker: isTruncated ? last?.versionId : undefined,
      Versions: shown.filter(({ isMarker }) => !isMarker) as ObjectVersion[],
      DeleteMarkers: shown.filter(({ isMarker }) => isMarker).map(({ Key, VersionId, IsLatest, LastModified }): DeleteMarkerEntry => ({ Owner: ownerOf(bucket.account), Key, VersionId, IsLatest, LastModified })),
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    }
  },
})
