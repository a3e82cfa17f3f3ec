import * as sdk from '@aws-sdk/client-lambda'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import constraints from './constraints.json' with { type: 'json' }
import { accountSigningConfigs, signingArn } from './code-signing'
import { accountFunctions } from './functions'
import { accountLayers, newestFirst } from './layer-records'
import { layerArn } from './layers'
import { unqualifiedArn } from './names'
import { addLayerVersionPermission } from './operations/add-layer-version-permission'
import { addPermission } from './operations/add-permission'
import { createAlias } from './operations/create-alias'
import { createCodeSigningConfig } from './operations/create-code-signing-config'
import { createEventSourceMapping } from './operations/create-event-source-mapping'
import { createFunction } from './operations/create-function'
import { createFunctionUrlConfig } from './operations/create-function-url-config'
import { deleteAlias } from './operations/delete-alias'
import { deleteCodeSigningConfig } from './operations/delete-code-signing-config'
import { deleteEventSourceMapping } from './operations/delete-event-source-mapping'
import { deleteFunction } from './operations/delete-function'
import { deleteFunctionCodeSigningConfig } from './operations/delete-function-code-signing-config'
import { deleteFunctionConcurrency } from './operations/delete-function-concurrency'
import { deleteFunctionEventInvokeConfig } from './operations/delete-function-event-invoke-config'
import { deleteFunctionUrlConfig } from './operations/delete-function-url-config'
import { deleteLayerVersion } from './operations/delete-layer-version'
import { deleteProvisionedConcurrencyConfig } from './operations/delete-provisioned-concurrency-config'
import { getAccountSettings } from './operations/get-account-settings'
import { getAlias } from './operations/get-alias'
import { getCodeSigningConfig } from './operations/get-code-signing-config'
import { getEventSourceMapping } from './operations/get-event-source-mapping'
import { getFunction } from './operations/get-function'
import { getFunctionCodeSigningConfig } from './operations/get-function-code-signing-config'
import { getFunctionConcurrency } from './operations/get-function-concurrency'
import { getFunctionConfiguration } from './operations/get-function-configuration'
import { getFunctionEventInvokeConfig } from './operations/get-function-event-invoke-config'
import { getFunctionRecursionConfig } from './operations/get-function-recursion-config'
import { getFunctionUrlConfig } from './operations/get-function-url-config'
import { getLayerVersion } from './operations/get-layer-version'
import { getLayerVersionByArn } from './operations/get-layer-version-by-arn'
import { getLayerVersionPolicy } from './operations/get-layer-version-policy'
import { getPolicy } from './operations/get-policy'
import { getProvisionedConcurrencyConfig } from './operations/get-provisioned-concurrency-config'
import { getRuntimeManagementConfig } from './operations/get-runtime-management-config'
import { invoke } from './operations/invoke'
import { invokeAsync } from './operations/invoke-async'
import { invokeWithResponseStream } from './operations/invoke-with-response-stream'
import { listAliases } from './operations/list-aliases'
import { listCodeSigningConfigs } from './operations/list-code-signing-configs'
import { listEventSourceMappings } from './operations/list-event-source-mappings'
import { listFunctionEventInvokeConfigs } from './operations/list-function-event-invoke-configs'
import { listFunctionUrlConfigs } from './operations/list-function-url-configs'
import { listFunctions } from './operations/list-functions'
import { listFunctionsByCodeSigningConfig } from './operations/list-functions-by-code-signing-config'
import { listLayerVersions } from './operations/list-layer-versions'
import { listLayers } from './operations/list-layers'
import { listProvisionedConcurrencyConfigs } from './operations/list-provisioned-concurrency-configs'
import { listTags } from './operations/list-tags'
import { listVersionsByFunction } from './operations/list-versions-by-function'
import { publishLayerVersion } from './operations/publish-layer-version'
import { publishVersion } from './operations/publish-version'
import { putFunctionCodeSigningConfig } from './operations/put-function-code-signing-config'
import { putFunctionConcurrency } from './operations/put-function-concurrency'
import { putFunctionEventInvokeConfig } from './operations/put-function-event-invoke-config'
import { putFunctionRecursionConfig } from './operations/put-function-recursion-config'
import { putProvisionedConcurrencyConfig } from './operations/put-provisioned-concurrency-config'
import { putRuntimeManagementConfig } from './operations/put-runtime-management-config'
import { removeLayerVersionPermission } from './operations/remove-layer-version-permission'
import { removePermission } from './operations/remove-permission'
import { tagResource } from './operations/tag-resource'
import { untagResource } from './operations/untag-resource'
import { updateAlias } from './operations/update-alias'
import { updateCodeSigningConfig } from './operations/update-code-signing-config'
import { updateEventSourceMapping } from './operations/update-event-source-mapping'
import { updateFunctionCode } from './operations/update-function-code'
import { updateFunctionConfiguration } from './operations/update-function-configuration'
import { updateFunctionEventInvokeConfig } from './operations/update-function-event-invoke-config'
import { updateFunctionUrlConfig } from './operations/update-function-url-config'
import { receive } from './receive'

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
    createEventSourceMapping,
    createFunction,
    createFunctionUrlConfig,
    deleteAlias,
    deleteEventSourceMapping,
    deleteFunctionConcurrency,
    deleteFunction,
    deleteFunctionEventInvokeConfig,
    deleteFunctionUrlConfig,
    deleteProvisionedConcurrencyConfig,
    getAccountSettings,
    getAlias,
    getEventSourceMapping,
    getFunctionConcurrency,
    getFunctionConfiguration,
    getFunction,
    getFunctionEventInvokeConfig,
    getFunctionUrlConfig,
    getPolicy,
    getProvisionedConcurrencyConfig,
    invoke,
    invokeWithResponseStream,
    listAliases,
    listEventSourceMappings,
    listFunctionEventInvokeConfigs,
    listFunctionUrlConfigs,
    listFunctions,
    listProvisionedConcurrencyConfigs,
    listTags,
    listVersionsByFunction,
    publishVersion,
    putFunctionConcurrency,
    putFunctionEventInvokeConfig,
    putProvisionedConcurrencyConfig,
    removePermission,
    tagResource,
    untagResource,
    addLayerVersionPermission,
    deleteLayerVersion,
    getLayerVersion,
    getLayerVersionByArn,
    getLayerVersionPolicy,
    listLayers,
    listLayerVersions,
    publishLayerVersion,
    removeLayerVersionPermission,
    updateAlias,
    updateEventSourceMapping,
    updateFunctionCode,
    updateFunctionConfiguration,
    updateFunctionEventInvokeConfig,
    updateFunctionUrlConfig,
    createCodeSigningConfig,
    getCodeSigningConfig,
    updateCodeSigningConfig,
    deleteCodeSigningConfig,
    listCodeSigningConfigs,
    listFunctionsByCodeSigningConfig,
    putFunctionCodeSigningConfig,
    getFunctionCodeSigningConfig,
    deleteFunctionCodeSigningConfig,
    putFunctionRecursionConfig,
    getFunctionRecursionConfig,
    putRuntimeManagementConfig,
    getRuntimeManagementConfig,
    invokeAsync,
  ],
  receive,
  resources,
}

async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const functions = (await accountFunctions(sandbox, account)).map((record) => ({
    service: 'lambda',
    type: 'function',
    name: record.name,
    arn: unqualifiedArn(record),
    createdAt: record.createdAt,
  }))
  const layers = (await accountLayers(sandbox, account)).flatMap((layer) => {
    const [newest] = newestFirst(layer)
    return newest ? [{ service: 'lambda', type: 'layer', name: layer.name, arn: layerArn(layer), createdAt: newest.createdAt }] : []
  })
  const signing = (await accountSigningConfigs(sandbox, account)).map((config) => ({
    service: 'lambda',
    type: 'code-signing-config',
    name: config.id,
    arn: signingArn(config),
    createdAt: config.lastModified,
  }))
  return [...functions, ...layers, ...signing]
}
