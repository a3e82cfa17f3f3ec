import type { GetRuntimeManagementConfigResponse, UpdateRuntimeOn } from '@aws-sdk/client-lambda'
import type { Call } from '../../operation'
import { collection } from '../../store'
import { invalid } from './errors'
import { requireFunction, resolveQualifier } from './functions'
import { functionArn, type FunctionName } from './names'
import { named } from './on-function'

/** When the runtime of a version is to be renewed. */
export interface RuntimeManagement {
  updateOn: UpdateRuntimeOn
  /** Which one stays, where it is to be renewed by hand. */
  versionArn?: string
}

/** Scope: `account/region`; key: `name:version`. */
export const runtimeManagement = collection<RuntimeManagement>('lambda/runtime-management')

export function runtimeKey({ name, qualifier }: FunctionName): string {
  return `${name}:${qualifier ?? '$LATEST'}`
}

/** The version that a call names. @throws InvalidParameterValueException for an alias, ResourceNotFoundException */
export async function versionNamed(call: Call): Promise<FunctionName> {
  const name = named(call)
  const { alias } = resolveQualifier(await requireFunction(call.sandbox, name), name)
  if (alias) throw invalid(`Runtime management is by version: ${alias.name} is an alias.`)
  return name
}

export function describeRuntimeManagement(name: FunctionName, { updateOn, versionArn }: RuntimeManagement): GetRuntimeManagementConfigResponse {
  return { UpdateRuntimeOn: updateOn, FunctionArn: functionArn({ ...name, qualifier: name.qualifier ?? '$LATEST' }), RuntimeVersionArn: versionArn }
}
