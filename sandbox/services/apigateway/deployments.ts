import type { CreateDeploymentRequest } from '@aws-sdk/client-api-gateway'
import { badRequest } from './errors'
import { newId } from './ids'
import { holdQuota, QUOTAS } from './quotas'
import type { Definition, DeploymentRecord, RestApiRecord } from './records'
import { checkedCanary, newStage, checkVariables } from './stages'

/**
 * Freezes an API as a deployment and puts it on a stage where one is named; alters the record.
 * @returns the deployment, and the snapshot that must be written with the API
 * @throws BadRequestException where a method has no integration, in AWS's words; LimitExceededException
 */
export function deploy(api: RestApiRecord, input: CreateDeploymentRequest, now: string): { deployment: DeploymentRecord; snapshot: Definition } {
  const methods = Object.values(api.definition.resources).flatMap((resource) => Object.values(resource.methods))
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods")
  if (methods.some((method) => !method.methodIntegration)) throw badRequest('No integration defined for method')
  const deployment: DeploymentRecord = { id: newId(6), ...(input.description === undefined ? {} : { description: input.description }), createdAt: now }
  api.deployments[deployment.id] = deployment
  // Terraform leaves it empty for a deployment without a stage.
  if (input.stageName) putOnStage(api, deployment, input, now)
  return { deployment, snapshot: structuredClone(api.definition) }
}

function putOnStage(api: RestApiRecord, { id }: DeploymentRecord, input: CreateDeploymentRequest, now: string): void {
  const stageName = input.stageName!
  const stage = Object.hasOwn(api.stages, stageName) ? api.stages[stageName]! : undefined
  if (input.canarySettings) {
    if (!stage) throw badRequest('Canary settings can only be specified for a deployment to an existing stage')
    stage.canarySettings = checkedCanary({ ...input.canarySettings, deploymentId: id })
    stage.updatedAt = now
    return
  }
  if (!stage) {
    const { stageDescription: description, cacheClusterEnabled, cacheClusterSize, variables, tracingEnabled } = input
    const made = newStage({ stageName, deploymentId: id, description, cacheClusterEnabled, cacheClusterSize, variables, tracingEnabled }, now)
    holdQuota(Object.keys(api.stages).length + 1, QUOTAS.stages, 'Stages for this API')
    api.stages = { ...api.stages, [stageName]: made }
    return
  }
  checkVariables(input.variables)
  stage.deploymentId = id
  stage.updatedAt = now
  stage.variables = { ...stage.variables, ...input.variables }
  if (input.stageDescription !== undefined) stage.description = input.stageDescription
  if (input.tracingEnabled !== undefined) stage.tracingEnabled = input.tracingEnabled
  if (input.cacheClusterEnabled !== undefined) stage.cacheClusterEnabled = input.cacheClusterEnabled
  if (input.cacheClusterSize !== undefined) stage.cacheClusterSize = input.cacheClusterSize
}
