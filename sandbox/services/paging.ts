/** An opaque token of the place behind which the next page begins. */
export function tokenOf(position: string): string {
  return Buffer.from(position).toString('base64url')
}

/** The place in a token. @throws what `refusal` makes where the token was not made here */
export function positionOf(token: string | undefined, refusal: () => Error): string | undefined {
  if (token === undefined) return undefined
  const position = Buffer.from(token, 'base64url').toString('utf8')
  if (tokenOf(position) !== token) throw refusal()
  return position
}

/**
 * The first `limit` items behind a place, and the token of the next page where there is more.
 * @param key what the items are sorted by: no two are the same, so a page goes on rightly even where its last item is gone
 */
export function pageBehind<T>(items: T[], key: (item: T) => string, limit: number, position: string | undefined, descending = false): { items: T[]; token?: string } {
  const rest = position === undefined ? items : items.filter((item) => (descending ? key(item) < position : key(item) > position))
  const taken = rest.slice(0, limit)
  return { items: taken, ...(rest.length > taken.length && taken.length > 0 ? { token: tokenOf(key(taken.at(-1)!)) } : {}) }
}
