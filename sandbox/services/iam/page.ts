import { AwsError } from '../../errors'
import type { Tag } from './records'

const DEFAULT_ITEMS = 100

/** What IAM's lists take for paging. */
interface PageInput {
  Marker?: string | undefined
  MaxItems?: number | undefined
}

/**
 * One page of a sorted list. The marker is the last item's key, so that a list may change between two pages.
 * @throws AwsError ValidationError for a marker that was not given out
 */
export function page<T>(items: T[], keyOf: (item: T) => string, { Marker, MaxItems }: PageInput): { items: T[]; IsTruncated: boolean; Marker?: string } {
  const after = Marker === undefined ? undefined : readMarker(Marker)
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after)
  const shown = rest.slice(0, MaxItems ?? DEFAULT_ITEMS)
  const isTruncated = shown.length < rest.length
  return { items: shown, IsTruncated: isTruncated, ...(isTruncated ? { Marker: Buffer.from(`after:${keyOf(shown.at(-1)!)}`).toString('base64') } : {}) }
}

/** One page of tags, sorted by key. */
export function pageOfTags(tags: Tag[], input: PageInput) {
  const { items, ...paging } = page([...tags].sort((a, b) => (a.Key < b.Key ? -1 : 1)), ({ Key }) => Key, input)
  return { Tags: items, ...paging }
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString('utf8')
  if (!text.startsWith('after:')) throw new AwsError('ValidationError', 'Invalid Marker.', 400)
  return text.slice('after:'.length)
}
