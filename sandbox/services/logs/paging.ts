import { pageBehind, positionOf as placeOf, tokenOf } from '../paging'
import { invalid } from './arns'

export { tokenOf }

/** The place in a token. @throws InvalidParameterException where it was not made here */
export function positionOf(token: string | undefined): string | undefined {
  return placeOf(token, () => invalid('The specified nextToken is invalid.'))
}

/** One page of items sorted by a key of their own. @throws InvalidParameterException */
export function page<T>(items: T[], key: (item: T) => string, limit: number, token: string | undefined, descending = false): { items: T[]; nextToken?: string } {
  const { token: nextToken, ...found } = pageBehind(items, key, limit, positionOf(token), descending)
  return { ...found, ...(nextToken === undefined ? {} : { nextToken }) }
}
