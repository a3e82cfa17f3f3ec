import { invalid } from './errors'

const MOST = 100

/** One page of a hundred things sorted by ARN. @throws InvalidParameter */
export function page<T>(items: T[], arnOf: (item: T) => string, NextToken: string | undefined): { items: T[]; NextToken?: string } {
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString('utf8')
  if (after !== undefined && (tokenOf(after) !== NextToken || !after.startsWith('arn:'))) throw invalid('NextToken')
  const rest = after === undefined ? items : items.filter((item) => arnOf(item) > after)
  const taken = rest.slice(0, MOST)
  return { items: taken, ...(rest.length > taken.length ? { NextToken: tokenOf(arnOf(taken.at(-1)!)) } : {}) }
}

function tokenOf(arn: string): string {
  return Buffer.from(arn).toString('base64url')
}
