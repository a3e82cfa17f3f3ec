import { badRequest } from './errors'

const PAGE = 25
const LARGEST_PAGE = 500

/**
 * One page of items in the order of `key`, and the position of the next where there is more.
 * @throws BadRequestException where the position was not made here
 */
export function page<T>(all: T[], key: (item: T) => string, { position, limit }: { position?: string | undefined; limit?: number | undefined }): { items: T[]; position?: string } {
  const items = [...all].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  let start = 0
  if (position !== undefined) {
    const last = Buffer.from(position, 'base64url').toString('utf8')
    if (positionOf(last) !== position) throw badRequest('Invalid position parameter')
    const found = items.findIndex((item) => key(item) > last)
    start = found === -1 ? items.length : found
  }
  const taken = items.slice(start, start + Math.max(1, Math.min(limit ?? PAGE, LARGEST_PAGE)))
  const isMore = start + taken.length < items.length
  return { items: taken, ...(isMore ? { position: positionOf(key(taken.at(-1)!)) } : {}) }
}

function positionOf(key: string): string {
  return Buffer.from(key).toString('base64url')
}
