import type { WireRequest } from '../protocol/index'

/** Headers or query parameters in their order, names as sent. */
export type Pairs = [name: string, value: string][]

/** The headers of a request, one pair for each value, names as the client wrote them. */
export function headerPairs({ rawHeaders, headers }: Pick<WireRequest, 'rawHeaders' | 'headers'>): Pairs {
  if (!rawHeaders) return Object.entries(headers)
  const pairs: Pairs = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i]!, rawHeaders[i + 1]!])
  return pairs
}

/** The last value of that name. @param isHeader whether case does not matter */
export function lastValue(pairs: Pairs, name: string, isHeader = false): string | undefined {
  return allValues(pairs, name, isHeader).at(-1)
}

/** All values of that name. */
export function allValues(pairs: Pairs, name: string, isHeader = false): string[] {
  const wanted = name.toLowerCase()
  return pairs.filter(([key]) => key === name || (isHeader && key.toLowerCase() === wanted)).map(([, value]) => value)
}

/** Last value by name; null where there are none, as events have it. */
export function single(pairs: Pairs): Record<string, string> | null {
  return pairs.length === 0 ? null : Object.fromEntries(pairs)
}

/** All values by name; null where there are none. */
export function multiple(pairs: Pairs): Record<string, string[]> | null {
  if (pairs.length === 0) return null
  const values = new Map<string, string[]>()
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value])
  return Object.fromEntries(values)
}
