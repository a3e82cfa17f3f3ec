import { invalid } from './errors'

const MOST = 100

/** One page of things sorted by a key of their own. @throws ValidationException */
export function page<T>(items: T[], key: (item: T) => string, { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string } {
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString('utf8')
  if (after !== undefined && tokenOf(after) !== NextToken) throw invalid('NextToken is not valid.')
  const rest = after === undefined ? items : items.filter((item) => key(item) > after)
  const taken = rest.slice(0, MaxResults ?? MOST)
  return { items: taken, ...(rest.length > taken.length ? { NextToken: tokenOf(key(taken.at(-1)!)) } : {}) }
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url')
}
