import { InvalidParameterException } from '@aws-sdk/client-cloudwatch-logs'

interface Place {
  account: string
  region: string
}

/** A log group's ARN without the trailing `:*`. */
export function groupArn({ account, region }: Place, group: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${group}`
}

export function streamArn(place: Place, group: string, stream: string): string {
  return `${groupArn(place, group)}:log-stream:${stream}`
}

/**
 * What IAM decides on for an action on a whole group. AWS asks with an empty stream name, so that a policy must name
 * `…:log-group:NAME:*`; only tagging goes by the bare ARN (CloudWatch Logs User Guide, "Overview of managing access permissions").
 */
export function groupResource(place: Place, group: string): string {
  return streamArn(place, group, '')
}

/**
 * The group that a call names by `logGroupName`, or by `logGroupIdentifier`, which may be an ARN.
 * @throws InvalidParameterException where both or none are given, or the ARN is not one of this account and region
 */
export function namedGroup(place: Place, input: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }): string {
  const { logGroupName, logGroupIdentifier } = input
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalid('Exactly one of logGroupName and logGroupIdentifier must be specified.')
  }
  return logGroupName ?? groupOfIdentifier(place, logGroupIdentifier!)
}

/** A group's name from its name or ARN. @throws InvalidParameterException where the ARN is not one of this account and region */
export function groupOfIdentifier(place: Place, identifier: string): string {
  if (!identifier.startsWith('arn:')) return identifier
  const prefix = groupArn(place, '')
  if (!identifier.startsWith(prefix)) throw invalid(`The identifier ${identifier} is not the ARN of a log group of this account and region.`)
  return identifier.slice(prefix.length).replace(/:\*$/, '')
}

export function invalid(message: string): InvalidParameterException {
  return new InvalidParameterException({ message, $metadata: {} })
}
