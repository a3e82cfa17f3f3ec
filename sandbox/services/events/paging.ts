import { pageBehind, positionOf } from '../paging'
import { invalid } from './errors'

const MOST = 100

/** One page of things sorted by name. @throws ValidationException */
export function page<T extends { name: string }>(items: T[], { Limit, NextToken }: { Limit?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string | undefined } {
  const { token, ...found } = pageBehind(items, ({ name }) => name, Limit ?? MOST, positionOf(NextToken, () => invalid('NextToken is not valid.')))
  return { ...found, NextToken: token }
}
