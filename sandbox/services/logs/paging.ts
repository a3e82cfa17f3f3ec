import { invalid } from './arns'

/** An opaque token of the place behind which the next page begins. */
export function tokenOf(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/** The place in a token. @throws InvalidParameterException where it was not made here */
export function positionOf(token: string | undefined): string | undefined {
  if (token === undefined) return undefined
  const position = Buffer.from(token, 'base64url').toString('utf8')
  if (tokenOf(position) !== token) throw invalid('The specified nextToken is invalid.')
  return position
}

/**
 * The first `limit` items behind the token's place, and the token of the next page where there is more.
 * @param key what the items are sorted by: no two are the same, so a page goes on rightly even where its last item is gone
 */
export function page<T>(items: T[], key: (item: T) => string, limit: number, token: string | undefined, descending = false): { items: T[]; nextToken?: string } {
  const position = positionOf(token)
  const rest = position === undefined ? items : items.filter((item) => (descending ? key(item) < position : key(item) > position))
  const taken = rest.slice(0, limit)
  return { items: taken, ...(rest.length > limit ? { nextToken: tokenOf(key(taken.at(-1)!)) } : {}) }
}
