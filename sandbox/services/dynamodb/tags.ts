import type { Call, Operation } from '../../operation'
import { resourceTags } from '../tag-context'
import { AwsError } from '../../errors'
import { tablePolicy } from './access'
import { parseTableArn, type TableName } from './names'
import { invalid } from './table-settings'
import { findTable } from './tables'

const MOST_TAGS = 50

export interface Tag {
  Key: string
  Value: string
}

/** Tags as a record. @throws AwsError ValidationException where a key comes twice or is AWS's own, or there are too many */
export function tagsOf(tags: Tag[], before: Record<string, string> = {}): Record<string, string> {
  const keys = tags.map(({ Key }) => Key)
  if (new Set(keys).size < keys.length) throw invalid('One or more parameter values were invalid: Duplicate tag keys are not allowed')
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) throw invalid('One or more parameter values were invalid: Tag keys must not start with aws:')
  const all = { ...before, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }
  if (Object.keys(all).length > MOST_TAGS) throw invalid(`One or more parameter values were invalid: A resource can have at most ${MOST_TAGS} tags`)
  return all
}

/** The table of a `ResourceArn`. @throws AwsError ValidationException, AccessDeniedException where it is of another account */
export function taggedTable(call: Call): TableName {
  const { ResourceArn: arn } = call.input
  const name = parseTableArn(arn)
  if (!name) throw invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`)
  if (name.region !== call.region) throw noSuchResource(arn)
  return name
}

export function noSuchResource(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`)
}

/** What IAM decides on for operations on the table of a `ResourceArn`. */
export const onResourceArn: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  resource: ({ input }) => input.ResourceArn,
  async context(call) {
    const name = parseTableArn(call.input.ResourceArn)
    return resourceTags(name && (await findTable(call.sandbox, name))?.tags)
  },
  resourcePolicy: (call, resource) => tablePolicy(call.sandbox, resource),
}
