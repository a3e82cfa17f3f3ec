import { invalidParameter } from './errors'

const MOST = 1000

/** One page of things sorted by name. Only who sets MaxResults is told that there is more (SQS API reference, ListQueues). @throws InvalidParameterValue */
export function page<T extends { name: string }>(items: T[], { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined }): { items: T[]; NextToken?: string } {
  const size = MaxResults ?? MOST
  if (!(size >= 1 && size <= MOST)) throw invalidParameter(`Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${MOST}.`)
  const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString('utf8')
  if (after !== undefined && (after === '' || tokenOf(after) !== NextToken)) throw invalidParameter('Invalid or expired next token.')
  const rest = after === undefined ? items : items.filter(({ name }) => name > after)
  const taken = rest.slice(0, size)
  return { items: taken, ...(MaxResults !== undefined && rest.length > taken.length ? { NextToken: tokenOf(taken.at(-1)!.name) } : {}) }
}

function tokenOf(name: string): string {
  return Buffer.from(name).toString('base64url')
}
