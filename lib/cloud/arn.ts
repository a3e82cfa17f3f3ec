/** What an ARN names. */
export interface ArnParts {
  service: string
  region: string
  accountId: string
  /** The resource's type as AWS writes it (`function`, `table`, `role`, `restapis`), empty for buckets, queues and topics. */
  type: string
  /** The resource without its type, paths and qualifiers included. */
  name: string
}

const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:(.+)$/
/** Services whose ARNs hold a name and no type. */
const WITHOUT_TYPE = new Set(['s3', 'sqs', 'sns'])

/** What stands behind the last separator of an ARN: the id or name that most calls want. */
export function lastOf(arn: string, separator = '/'): string {
  return arn.slice(arn.lastIndexOf(separator) + 1)
}

/** Takes an ARN apart; undefined where it is none. Source: the AWS General Reference, "Amazon Resource Names (ARNs)". */
export function parseArn(arn: string): ArnParts | undefined {
  const [, service, region = '', accountId = '', resource] = ARN.exec(arn) ?? []
  if (service === undefined || resource === undefined) return undefined
  if (WITHOUT_TYPE.has(service)) return { service, region, accountId, type: '', name: resource }
  const [, type = '', name = ''] = /^\/?([a-z-]+)[:/](.+)$/.exec(resource) ?? [undefined, '', resource]
  return { service, region, accountId, type, name }
}
