import { readVariable } from './values'
import type { Exchange } from './exchange'

/** The values of an authorizer's identity sources such as `$request.header.Authorization`; undefined where one is not there. */
export function identityOf(exchange: Exchange, sources: string[] = []): string[] | undefined {
  const values = sources.map((source) => readVariable(exchange, source.slice(1)))
  return values.every((value): value is string => value !== undefined && value !== '') ? values : undefined
}
