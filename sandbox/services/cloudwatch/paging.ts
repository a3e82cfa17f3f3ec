import { AwsError } from '../../errors'
import { positionOf, tokenOf } from '../paging'

const invalidToken = () => new AwsError('InvalidNextToken', 'The next token specified is invalid.', 400)

/** One page of things that have a key of their own. @throws what `refusal` makes: InvalidNextToken where not given */
export function page<T>(items: T[], key: (item: T) => string, limit: number, token: string | undefined, refusal: () => Error = invalidToken): { items: T[]; NextToken?: string } {
  const after = positionOf(token, refusal)
  const at = after === undefined ? 0 : items.findIndex((item) => key(item) === after) + 1
  if (after !== undefined && at === 0) throw refusal()
  const taken = items.slice(at, at + limit)
  return { items: taken, ...(items.length > at + limit ? { NextToken: tokenOf(key(taken.at(-1)!)) } : {}) }
}
