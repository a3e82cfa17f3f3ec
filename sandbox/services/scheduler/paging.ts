import { pageBehind, positionOf } from '../paging'
import { invalid } from './errors'

const MOST = 100

/** One page of things sorted by a key of their own. @throws ValidationException */
export function page<T>(items: T[], key: (item: T) => string, { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string | undefined } {
  const { token, ...found } = pageBehind(items, key, MaxResults ?? MOST, positionOf(NextToken, () => invalid('NextToken is not valid.')))
  return { ...found, NextToken: token }
}
