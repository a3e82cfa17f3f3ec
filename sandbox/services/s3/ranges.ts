import { refuse } from './errors'

/** A part of an object: `start` and `end` (with it). */
export interface Range {
  start: number
  end: number
}

/**
 * Reads a `Range` header; undefined where there is none, or one that S3 passes over (several ranges, another unit).
 * @throws AwsError InvalidRange where nothing of the object is in it
 */
export function readRange(header: string | undefined, size: number): Range | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.replace(/\s/g, '') ?? '') ?? []
  if (first === undefined || (first === '' && last === '')) return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (start > end) throw refuse('InvalidRange', { RangeRequested: header, ActualObjectSize: size }, { 'content-range': `bytes */${size}` })
  return { start, end }
}
