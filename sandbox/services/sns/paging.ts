import { pageBehind, positionOf } from '../paging'
import { invalid } from './errors'

const MOST = 100

/** One page of a hundred things sorted by ARN. @throws InvalidParameter */
export function page<T>(items: T[], arnOf: (item: T) => string, NextToken: string | undefined): { items: T[]; NextToken?: string | undefined } {
  const after = positionOf(NextToken, () => invalid('NextToken'))
  if (after !== undefined && !after.startsWith('arn:')) throw invalid('NextToken')
  const { token, ...found } = pageBehind(items, arnOf, MOST, after)
  return { ...found, NextToken: token }
}
