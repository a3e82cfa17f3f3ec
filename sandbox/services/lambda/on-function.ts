import type { Call, Operation } from '../../operation'
import { invalid } from './errors'
import { findFunction } from './functions'
import { functionArn, parseName, unqualifiedArn, type FunctionName } from './names'
import { policyDocument } from './policy'
import { resourceTags } from '../tag-context'

/** The function that a call names, with the qualifier of its name or of the parameter. */
export function named(call: Call): FunctionName {
  return parseName(call, call.input.FunctionName, call.input.Qualifier)
}

/** The function that a call changes. Versions are frozen. @throws InvalidParameterValueException where one is named */
export function namedLatest(call: Call): FunctionName {
  const { qualifier, ...name } = named(call)
  if (qualifier !== undefined && qualifier !== '$LATEST') throw invalid(`This operation works on the function itself, not on its version or alias ${qualifier}.`)
  return name
}

type Decided = Pick<Operation, 'resource' | 'context' | 'resourcePolicy'>

/** What IAM decides on for operations that take a qualifier: the ARN as qualified, the function's tags and resource policy. */
export const onQualified: Decided = {
  resource: (call) => functionArn(named(call)),
  context: async (call) => resourceTags((await findFunction(call.sandbox, named(call)))?.tags),
  async resourcePolicy(call) {
    const name = named(call)
    const record = await findFunction(call.sandbox, name)
    return record && policyDocument(record, name.qualifier)
  },
}

/** The same for operations on the function as a whole. */
export const onFunction: Decided = {
  ...onQualified,
  resource: (call) => unqualifiedArn(named(call)),
  async resourcePolicy(call) {
    const record = await findFunction(call.sandbox, named(call))
    return record && policyDocument(record, undefined)
  },
}
