import type { AliasRoutingConfiguration } from '@aws-sdk/client-lambda'
import { invalid, notFound } from './errors'
import { unqualifiedArn } from './names'
import type { Alias, FunctionRecord } from './records'

/** @throws ResourceNotFoundException */
export function requireAlias(record: FunctionRecord, name: string): Alias {
  const alias = Object.hasOwn(record.aliases, name) ? record.aliases[name] : undefined
  if (!alias) throw notFound(`Cannot find alias arn: ${unqualifiedArn(record)}:${name}`)
  return alias
}

/** @throws ResourceNotFoundException where the function has no such version */
export function requireVersion(record: FunctionRecord, version: string): string {
  if (version !== '$LATEST' && !Object.hasOwn(record.versions, version)) throw notFound(`Function not found: ${unqualifiedArn(record)}:${version}`)
  return version
}

/**
 * The shares of other versions in an alias's traffic; undefined where it has none.
 * @throws InvalidParameterValueException where AWS does not allow them
 */
export function readWeights(record: FunctionRecord, version: string, routing: AliasRoutingConfiguration | undefined): Record<string, number> | undefined {
  const weights = routing?.AdditionalVersionWeights ?? {}
  const [other, ...more] = Object.keys(weights)
  if (other === undefined) return undefined
  if (more.length > 0) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1')
  if (version === '$LATEST') throw invalid('$LATEST is not supported for an alias pointing to more than 1 version')
  if (other === version) throw invalid(`Invalid function version ${other}. Function version ${other} is already included in routing configuration.`)
  if (weights[other]! < 0) throw invalid(`Value '${weights[other]}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Member must have value greater than or equal to 0.0`)
  requireVersion(record, other)
  return weights
}
