import type { Sandbox } from '../../sandbox'
import { objects, rowOf, type Bucket, type Version } from './records'

export const MOST_KEYS = 1000
/** Rows are UTF-8 bytes as characters, and no byte of UTF-8 is this one. */
const LAST = '\xff'

export interface Listing {
  found: Version[]
  /** What keys have in common up to the delimiter. */
  prefixes: string[]
  isTruncated: boolean
  /** The last key or common prefix of this page. */
  last?: string
}

/**
 * A page of a bucket's keys in the order of their bytes.
 * @param options.after only what sorts behind it; a common prefix is passed over as a whole
 * @param options.withMarkers also keys whose current version is a delete marker
 */
export async function listKeys(sandbox: Sandbox, bucket: Bucket, options: { prefix: string; delimiter: string; after: string; most: number; withMarkers?: boolean }): Promise<Listing> {
  const { prefix, delimiter, after, most } = options
  const listing: Listing = { found: [], prefixes: [], isTruncated: false }
  const end = rowOf(prefix) + LAST
  let from = rowOf(prefix)
  if (after !== '') {
    const isWhole = delimiter !== '' && after.endsWith(delimiter) && after.startsWith(prefix)
    const behind = rowOf(after) + (isWhole ? LAST : '\0')
    if (behind > from) from = behind
  }
  let count = 0
  for (;;) {
    let next: string | undefined
    for await (const version of sandbox.store.values(objects, bucket.id, { gte: from, lt: end })) {
      if (version.isDeleteMarker && !options.withMarkers) continue
      if (count === most) {
        listing.isTruncated = most > 0
        return listing
      }
      count += 1
      const cut = delimiter === '' ? -1 : version.key.indexOf(delimiter, prefix.length)
      if (cut === -1) {
        listing.found.push(version)
        listing.last = version.key
        continue
      }
      const common = version.key.slice(0, cut + delimiter.length)
      listing.prefixes.push(common)
      listing.last = common
      // On behind all that has this prefix.
      next = rowOf(common) + LAST
      break
    }
    if (next === undefined) return listing
    from = next
  }
}

/** Names as `encoding-type=url` wants them. */
export function encoder(type: string | undefined): (text: string) => string {
  return type === 'url' ? (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`) : (text) => text
}
