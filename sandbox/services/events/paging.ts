import { invalid } from './errors'

const MOST = 100

/** One page of things sorted by name. @throws ValidationException */
export function page<T extends { name: string }>(items: T[], { Limit, NextToken }: { Limit?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string } {
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString('utf8')
  if (after !== undefined && tokenOf(after) !== NextToken) throw invalid('NextToken is not valid.')
  const rest = after === undefined ? items : items.filter(({ name }) => name > after)
  const taken = rest.slice(0, Limit ?? MOST)
  return { items: taken, ...(rest.length > taken.length ? { NextToken: tokenOf(taken.at(-1)!.name) } : {}) }
}

function tokenOf(name: string): string {
  return Buffer.from(name).toString('base64url')
}
