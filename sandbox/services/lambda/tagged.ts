import type { Call, Operation } from '../../operation'
import { invalid } from './errors'
import { findFunction } from './functions'
import { parseName, type FunctionName } from './names'
import { resourceTags } from '../tag-context'

/** The function whose tags a call is about. @throws InvalidParameterValueException where the ARN is of anything but a function as a whole */
export function taggedFunction(call: Call): FunctionName {
  const arn = call.input.Resource as string
  if (arn.split(':').length !== 7 || arn.split(':')[5] !== 'function') throw invalid(`Only functions bear tags in this sandbox, without a version or alias: ${arn}`)
  return parseName(call, arn)
}

/** What IAM decides on for the tag operations. */
export const onTagged: Pick<Operation, 'resource' | 'context'> = {
  resource: ({ input }) => input.Resource,
  context: async (call) => resourceTags((await findFunction(call.sandbox, taggedFunction(call)))?.tags),
}
