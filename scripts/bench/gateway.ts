import { CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { cellsOf, compete, wordOf } from './compete'
import type { Running } from './contenders'
import { makeFunction } from './function'
import { echoServer, median, quantile, timed } from './measure'
import type { Row } from './table'

const RUNS = 300

/** A GET of a deployed REST API whose Lambda proxy answers: p50 and p99, warm. */
export async function benchGateway(running: Running[]): Promise<Row[]> {
  const apis = await Promise.all(
    running.filter(({ name }) => name !== 'moto').map(async (cloud) => {
      // One that cannot make it says so at its first run.
      const url = await makeApi(cloud).catch((error: unknown) => new Error(wordOf(error)))
      return { name: cloud.name, url }
    }),
  )
  const echo = await echoServer()
  const outcome = await compete(apis, { runs: RUNS, warmUp: 20 }, () => timed(echo.call), async ({ url }) => {
    if (url instanceof Error) throw url
    return timed(() => get(url))
  })
  echo.close()
  const moto = running.some(({ name }) => name === 'moto') ? 'serves no deployed APIs' : ''
  return [
    { what: 'API Gateway to Lambda, p50', unit: 'ms', ...cellsOf(outcome, median, 'bare HTTP echo'), moto },
    { what: 'API Gateway to Lambda, p99', unit: 'ms', ...cellsOf(outcome, (times) => quantile(times, 0.99), 'bare HTTP echo'), moto },
  ]
}

/** @returns the URL of a method with a Lambda proxy behind it */
async function makeApi({ endpoint, gatewayAccount }: Running): Promise<string> {
  const clients = await gatewayAccount()
  const { gateway, lambda } = clients
  const functionArn = await makeFunction(clients)
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
  await lambda.send(new AddPermissionCommand({ FunctionName: 'bench', StatementId: 'gateway', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn }))
  return `${endpoint}/_aws/execute-api/${restApiId}/bench/bench`
}

async function get(url: string): Promise<void> {
  const response = await fetch(url)
  const body = await response.text()
  if (response.status === 200 && body.startsWith('{"runs"')) return
  throw new Error(response.status === 501 ? 'not there yet' : `${response.status} ${body}`)
}
