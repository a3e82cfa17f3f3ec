import * as sdk from '@aws-sdk/client-lambda'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import constraints from './constraints.json' with { type: 'json' }
import { accountFunctions } from './functions'
import { unqualifiedArn } from './names'
import { addPermission } from './operations/add-permission'
import { createAlias } from './operations/create-alias'
import { createFunction } from './operations/create-function'
import { deleteAlias } from './operations/delete-alias'
import { deleteFunctionConcurrency } from './operations/delete-function-concurrency'
import { deleteFunction } from './operations/delete-function'
import { getAccountSettings } from './operations/get-account-settings'
import { getAlias } from './operations/get-alias'
import { getFunctionConcurrency } from './operations/get-function-concurrency'
import { getFunctionConfiguration } from './operations/get-function-configuration'
import { getFunction } from './operations/get-function'
import { getPolicy } from './operations/get-policy'
import { invoke } from './operations/invoke'
import { listAliases } from './operations/list-aliases'
import { listFunctions } from './operations/list-functions'
import { listTags } from './operations/list-tags'
import { listVersionsByFunction } from './operations/list-versions-by-function'
import { publishVersion } from './operations/publish-version'
import { putFunctionConcurrency } from './operations/put-function-concurrency'
import { removePermission } from './operations/remove-permission'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { updateAlias } from './operations/update-alias'
import { updateFunctionCode } from './operations/update-function-code'
import { updateFunctionConfiguration } from './operations/update-function-configuration'

/** What the runtimes can be and how long a function may run is told by settings.ts and the quotas, not by the model. */
const { 'CreateFunctionRequest.Runtime': _create, 'UpdateFunctionConfigurationRequest.Runtime': _update, ...model } = constraints as NonNullable<Service['constraints']>
const timeout = { min: 1, max: 900 }

/** AWS Lambda. */
export const lambda: Service = {
  name: 'lambda',
  eventSource: 'lambda.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: { ...model, 'CreateFunctionRequest.Timeout': timeout, 'UpdateFunctionConfigurationRequest.Timeout': timeout },
  operations: [
    addPermission,
    createAlias,
    createFunction,
    deleteAlias,
    deleteFunctionConcurrency,
    deleteFunction,
    getAccountSettings,
    getAlias,
    getFunctionConcurrency,
    getFunctionConfiguration,
    getFunction,
    getPolicy,
    invoke,
    listAliases,
    listFunctions,
    listTags,
    listVersionsByFunction,
    publishVersion,
    putFunctionConcurrency,
    removePermission,
    tagResource,
    untagResource,
    updateAlias,
    updateFunctionCode,
    updateFunctionConfiguration,
  ],
  resources,
}

async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  return (await accountFunctions(sandbox, account)).map((record) => ({
    service: 'lambda',
    type: 'function',
    name: record.name,
    arn: unqualifiedArn(record),
    createdAt: record.createdAt,
  }))
}
