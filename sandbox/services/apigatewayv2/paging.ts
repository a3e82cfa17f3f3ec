import { badRequest } from '../apigateway/errors'
import { page } from '../apigateway/paging'

/** What a list operation is asked: a page size as text, and where to go on. */
export interface PageRequest {
  MaxResults?: string | undefined
  NextToken?: string | undefined
}

/** One page of items in the order of `key`. @throws BadRequestException for a page size or token that is none */
export function pageOf<T>(all: T[], key: (item: T) => string, { MaxResults, NextToken }: PageRequest): { Items: T[]; NextToken?: string } {
  if (MaxResults !== undefined && !/^[1-9]\d*$/.test(MaxResults)) throw badRequest('Invalid value for maxResults')
  const limit = MaxResults === undefined ? undefined : Number(MaxResults)
  const { items, position } = page(all, key, { position: NextToken, limit })
  return { Items: items, ...(position === undefined ? {} : { NextToken: position }) }
}
