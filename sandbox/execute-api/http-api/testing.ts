import { request } from 'node:http'
import { CreateApiCommand, CreateIntegrationCommand, CreateRouteCommand, CreateStageCommand, type ApiGatewayV2Client, type CreateApiRequest, type CreateIntegrationRequest, type CreateRouteRequest, type CreateStageRequest } from '@aws-sdk/client-apigatewayv2'
import type { TestSandbox } from '../../testing'

let counter = 0

/** An HTTP API for tests. */
export interface TestHttpApi {
  id: string
  /** A route with a new integration: a Lambda function's ARN, or a URL, or nothing. Gives the route's id. */
  route(RouteKey: string, target?: string, more?: { route?: Partial<CreateRouteRequest>; integration?: Partial<CreateIntegrationRequest> }): Promise<string>
}

/** Makes an HTTP API whose stage `$default`, or the one told, deploys by itself. */
export async function makeHttpApi(client: ApiGatewayV2Client, more: Partial<CreateApiRequest> = {}, stage: Partial<CreateStageRequest> = {}): Promise<TestHttpApi> {
  const { ApiId } = await client.send(new CreateApiCommand({ Name: `http-${(counter += 1)}`, ProtocolType: 'HTTP', ...more }))
  await client.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true, ...stage }))
  return {
    id: ApiId!,
    async route(RouteKey, target, { route, integration } = {}) {
      const isFunction = target?.startsWith('arn:')
      const kind = isFunction ? ({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' } as const) : ({ IntegrationType: 'HTTP_PROXY', PayloadFormatVersion: '1.0', IntegrationMethod: 'ANY' } as const)
      const IntegrationId = target === undefined ? undefined : (await client.send(new CreateIntegrationCommand({ ApiId, ...kind, IntegrationUri: target, ...integration }))).IntegrationId
      const { RouteId } = await client.send(new CreateRouteCommand({ ApiId, RouteKey, ...(IntegrationId === undefined ? {} : { Target: `integrations/${IntegrationId}` }), ...route }))
      return RouteId!
    },
  }
}

/** What a deployed API answered. */
export interface TestAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: any
}

/** How it is called; a header with several values is sent as several. */
export interface TestRequest {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

/** Calls a deployed API by the host name that is its own on AWS too; path and query go out as they are written. */
export function hostCaller(sandbox: TestSandbox, apiId: string) {
  return (path: string, { method = 'GET', headers, body }: TestRequest = {}) =>
    new Promise<TestAnswer>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: sandbox.port, path, method, headers: { host: `${apiId}.execute-api.localhost:${sandbox.port}`, ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) } }, async (answer) => {
        const chunks: Buffer[] = []
        for await (const chunk of answer) chunks.push(chunk as Buffer)
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: answer.statusCode!, headers: answer.headers, text, json: parsed(text) })
      })
      sent.on('error', reject)
      sent.end(body)
    })
}

function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
