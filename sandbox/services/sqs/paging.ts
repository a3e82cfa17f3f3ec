import { pageBehind, positionOf } from '../paging'
import { invalidParameter } from './errors'

const MOST = 1000

/** One page of things sorted by name. Only who sets MaxResults is told that there is more (SQS API reference, ListQueues). @throws InvalidParameterValue */
export function page<T extends { name: string }>(items: T[], { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string } {
  const size = MaxResults ?? MOST
  if (!(size >= 1 && size <= MOST)) throw invalidParameter(`Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${MOST}.`)
  const refusal = () => invalidParameter('Invalid or expired next token.')
  const after = positionOf(NextToken, refusal)
  if (after === '') throw refusal()
  const { token, ...found } = pageBehind(items, ({ name }) => name, size, after)
  return { ...found, ...(MaxResults !== undefined && token !== undefined ? { NextToken: token } : {}) }
}
