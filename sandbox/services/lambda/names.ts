import { AwsError } from '../../errors'
import { invalid, notFound } from './errors'

/** A function as a caller names it. */
export interface FunctionName {
  account: string
  region: string
  name: string
  qualifier?: string
}

const FORMS = /^(?:arn:aws[a-zA-Z-]*:lambda:(?=.))?(?:([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/
const LONGEST = 64

/**
 * Reads a function's name in all its forms: `name`, `name:qualifier`, `account:function:name`, ARN with or without qualifier.
 * @param place account and region of the caller, taken where the name does not tell
 * @throws ResourceNotFoundException for another region, InvalidParameterValueException where two qualifiers differ
 */
export function parseName(place: { account: string; region: string }, given: string, qualifier?: string): FunctionName {
  const [, region = place.region, account = place.account, name, derived] = FORMS.exec(given) ?? []
  if (name === undefined) throw notFound(`Function not found: ${unqualifiedArn({ ...place, name: given })}`)
  if (name.length > LONGEST) {
    const constraint = `Member must have length less than or equal to ${LONGEST}`
    throw new AwsError('ValidationException', `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: ${constraint}`)
  }
  if (region !== place.region) throw notFound(`Functions from '${region}' are not reachable in this region ('${place.region}')`)
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.')
  }
  const named = qualifier ?? derived
  return { account, region, name, ...(named === undefined ? {} : { qualifier: named }) }
}

export function unqualifiedArn({ account, region, name }: { account: string; region: string; name: string }): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`
}

/** The ARN with the qualifier where there is one. */
export function functionArn(name: FunctionName): string {
  return name.qualifier === undefined ? unqualifiedArn(name) : `${unqualifiedArn(name)}:${name.qualifier}`
}

/** A function's name from a whole ARN. */
export function nameOfArn(arn: string): string {
  return arn.split(':')[6] ?? ''
}
