import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type CreateRestApiRequest,
  type PatchOperation,
  type PutIntegrationRequest,
  type PutIntegrationResponseRequest,
  type PutMethodRequest,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, type LambdaClient } from '@aws-sdk/client-lambda'

let counter = 0

/** A REST API for tests: resources by path, methods with their integration in one call. */
export interface TestApi {
  id: string
  root: string
  /** Id of the resource of a path; made, parents and all, where it is not there. */
  resource(path: string): Promise<string>
  /** A method with its integration; MOCK that answers 200 where no integration is told. */
  method(path: string, httpMethod: string, more?: { method?: Partial<PutMethodRequest>; integration?: Partial<PutIntegrationRequest>; responses?: Partial<PutIntegrationResponseRequest>[] }): Promise<string>
  /** Puts what is there now on a stage; gives the deployment's id. */
  deploy(stageName?: string, variables?: Record<string, string>): Promise<string>
}

/** Makes an empty REST API. */
export async function makeApi(client: APIGatewayClient, more: Partial<CreateRestApiRequest> = {}): Promise<TestApi> {
  const { id, rootResourceId } = await client.send(new CreateRestApiCommand({ name: `api-${(counter += 1)}`, ...more }))
  const restApiId = id!
  const made = new Map([['/', rootResourceId!]])
  const resource = async (path: string): Promise<string> => {
    const found = made.get(path)
    if (found) return found
    const at = path.lastIndexOf('/')
    const { id: resourceId } = await client.send(new CreateResourceCommand({ restApiId, parentId: await resource(path.slice(0, at) || '/'), pathPart: path.slice(at + 1) }))
    made.set(path, resourceId!)
    return resourceId!
  }
  return {
    id: restApiId,
    root: rootResourceId!,
    resource,
    async method(path, httpMethod, { method, integration, responses } = {}) {
      const at = { restApiId, resourceId: await resource(path), httpMethod }
      await client.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', ...method }))
      const isMock = (integration?.type ?? 'MOCK') === 'MOCK'
      await client.send(new PutIntegrationCommand({ ...at, type: 'MOCK', ...(isMock ? { requestTemplates: { 'application/json': '{"statusCode": 200}' } } : { integrationHttpMethod: 'POST' }), ...integration }))
      for (const response of responses ?? (isMock ? [{}] : [])) {
        const statusCode = response.statusCode ?? '200'
        const responseParameters = Object.fromEntries(Object.keys(response.responseParameters ?? {}).map((name) => [name, false]))
        await client.send(new PutMethodResponseCommand({ ...at, statusCode, responseParameters }))
        await client.send(new PutIntegrationResponseCommand({ ...at, statusCode, ...response }))
      }
      return at.resourceId
    },
    async deploy(stageName = 'test', variables) {
      return (await client.send(new CreateDeploymentCommand({ restApiId, stageName, variables }))).id!
    },
  }
}

/** The URI by which an integration calls a function. */
export function functionUri(arn: string): string {
  return `arn:aws:apigateway:${arn.split(':')[3]}:lambda:path/2015-03-31/functions/${arn}/invocations`
}

/** Lets API Gateway call a function, for one API or all. */
export function permit(lambda: LambdaClient, FunctionName: string, SourceArn?: string) {
  counter += 1
  return lambda.send(new AddPermissionCommand({ FunctionName, StatementId: `p${counter}`, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn }))
}

/** Patch operations `replace` from path and value. */
export function replace(values: Record<string, string>): PatchOperation[] {
  return Object.entries(values).map(([path, value]) => ({ op: 'replace', path, value }))
}
