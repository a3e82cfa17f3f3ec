import { CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { cellsOf, compete, wordOf } from './compete'
import type { Clients, Running } from './contenders'
import { makeFunction } from './function'
import { echoServer, median, quantile, timed } from './measure'
import type { Row } from './table'

const RUNS = 300

/** A GET of a deployed REST API whose Lambda proxy answers: p50 and p99, warm. */
export function benchGateway(running: Running[]): Promise<Row[]> {
  return benchApi(running, 'API Gateway to Lambda', RUNS, prepare)
}

/** The p50 and p99 of what a deployed API does. @param make prepares it and gives what calls it */
export async function benchApi(running: Running[], what: string, runs: number, make: (cloud: Running) => Promise<() => Promise<void>>): Promise<Row[]> {
  const apis = await Promise.all(
    running.filter(({ name }) => name !== 'moto').map(async (cloud) => {
      // One that cannot make it says so at its first run.
      const get = await make(cloud).catch((error: unknown) => new Error(wordOf(error)))
      return { name: cloud.name, get }
    }),
  )
  const echo = await echoServer()
  const outcome = await compete(apis, { runs, warmUp: 20 }, () => timed(echo.call), async ({ get }) => {
    if (get instanceof Error) throw get
    return timed(get)
  })
  echo.close()
  const moto = running.some(({ name }) => name === 'moto') ? 'serves no deployed APIs' : ''
  return [
    { what: `${what}, p50`, unit: 'ms', ...cellsOf(outcome, median, 'bare HTTP echo'), moto },
    { what: `${what}, p99`, unit: 'ms', ...cellsOf(outcome, (times) => quantile(times, 0.99), 'bare HTTP echo'), moto },
  ]
}

async function prepare({ endpoint, gatewayAccount }: Running): Promise<() => Promise<void>> {
  const clients = await gatewayAccount()
  return makeApi(endpoint, clients, await makeFunction(clients))
}

/** Deploys a method with a function behind it. @returns what calls it */
export async function makeApi(endpoint: string, { gateway, lambda }: Clients, functionArn: string): Promise<() => Promise<void>> {
  const { id: restApiId } = await gateway.send(new CreateRestApiCommand({ name: 'bench' }))
  const { items } = await gateway.send(new GetResourcesCommand({ restApiId }))
  const { id: resourceId } = await gateway.send(new CreateResourceCommand({ restApiId, parentId: items![0]!.id, pathPart: 'bench' }))
  const method = { restApiId, resourceId, httpMethod: 'GET' }
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
  await gateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
  await gateway.send(new PutIntegrationCommand({ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'bench' }))
  const account = functionArn.split(':')[4]
  const SourceArn = `arn:aws:execute-api:us-east-1:${account}:${restApiId}/*`
  await lambda.send(new AddPermissionCommand({ FunctionName: functionArn, StatementId: 'gateway', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn }))
  return () => get(`${endpoint}/_aws/execute-api/${restApiId}/bench/bench`)
}

async function get(url: string): Promise<void> {
  const response = await fetch(url)
  const body = await response.text()
  if (response.status === 200 && body.startsWith('{"runs"')) return
  throw new Error(response.status === 501 ? 'not there yet' : `${response.status} ${body}`)
}
