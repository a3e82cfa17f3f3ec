import { invalid } from './errors'

/** Lambda gives no more than 50 of anything at once. */
const PAGE = 50

/**
 * One page of items sorted by `key`, and the marker of the next where there is more.
 * @throws InvalidParameterValueException where the marker was not made here
 */
export function page<T>(items: T[], key: (item: T) => string, { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined }): { items: T[]; NextMarker?: string } {
  let start = 0
  if (Marker !== undefined) {
    const position = Buffer.from(Marker, 'base64url').toString('utf8')
    if (markerOf(position) !== Marker) throw invalid('Invalid marker.')
    const found = items.findIndex((item) => key(item) > position)
    start = found === -1 ? items.length : found
  }
  const taken = items.slice(start, start + Math.min(MaxItems ?? PAGE, PAGE))
  const isMore = start + taken.length < items.length
  return { items: taken, ...(isMore ? { NextMarker: markerOf(key(taken.at(-1)!)) } : {}) }
}

function markerOf(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/** Sorts version names by number, $LATEST first. */
export function versionKey(version: string): string {
  return version === '$LATEST' ? '' : version.padStart(12, '0')
}
