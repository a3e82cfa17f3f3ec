import type { Deployment } from '@aws-sdk/client-apigatewayv2'
import type { Sandbox } from '../../sandbox'
import { badRequest, own, required } from '../apigateway/errors'
import { newId } from '../apigateway/ids'
import type { Definition, DeploymentRecord, HttpApiRecord } from './records'

/** @throws NotFoundException */
export function requireDeployment(api: HttpApiRecord, id: string | undefined): DeploymentRecord {
  return required(api.deployments, id, `Invalid Deployment identifier specified ${id}`)
}

/** Notes a deployment in the API. @throws BadRequestException where the API has no routes yet */
export function newDeployment(sandbox: Sandbox, api: HttpApiRecord, more: Pick<DeploymentRecord, 'description' | 'isAutomatic'>): DeploymentRecord {
  if (Object.keys(api.definition.routes).length === 0) throw badRequest('At least one route is required before deploying the Api.')
  const deployment = { id: newId(6), ...more, createdAt: new Date(sandbox.now()).toISOString() }
  api.deployments[deployment.id] = deployment
  return deployment
}

/**
 * Brings a change to the stages that deploy by themselves; alters `api`. Automatic deployments that no stage stands on
 * any more go.
 * @returns the snapshot of the new deployment by its id; none where nothing was to be deployed
 */
export function autoDeploy(sandbox: Sandbox, before: HttpApiRecord, api: HttpApiRecord): Record<string, Definition> {
  const isChanged = JSON.stringify(before.definition) !== JSON.stringify(api.definition)
  const stages = Object.values(api.stages).filter((stage) => stage.AutoDeploy && (isChanged || !own(before.stages, stage.StageName)?.AutoDeploy))
  const made: Record<string, Definition> = {}
  const hasRoutes = Object.keys(api.definition.routes).length > 0
  if (stages.length > 0 && hasRoutes) {
    const { id } = newDeployment(sandbox, api, { description: 'Automatic deployment triggered by changes to the Api configuration', isAutomatic: true })
    made[id] = structuredClone(api.definition)
    for (const stage of stages) stage.DeploymentId = id
  }
  for (const stage of stages) {
    stage.LastDeploymentStatusMessage = hasRoutes
      ? `Successfully deployed stage with deployment ID '${stage.DeploymentId}'`
      : 'Deployment attempt failed: Unable to deploy API because no routes exist in this API'
  }
  const inUse = new Set(Object.values(api.stages).map(({ DeploymentId }) => DeploymentId))
  for (const { id, isAutomatic } of Object.values(api.deployments)) if (isAutomatic && !inUse.has(id)) delete api.deployments[id]
  return made
}

/** A deployment as AWS shows it. */
export function describeDeployment({ id, description, isAutomatic, createdAt }: DeploymentRecord): Deployment {
  return { DeploymentId: id, Description: description, AutoDeployed: isAutomatic, CreatedDate: new Date(createdAt), DeploymentStatus: 'DEPLOYED' }
}
