import { APIGatewayClient, UpdateAccountCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeApi, replace, type TestApi } from '../../services/apigateway/testing'
import { makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let logs: CloudWatchLogsClient
let api: TestApi
const PUSH = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'
const set = (values: Record<string, string>, stageName = 'test') => client.send(new UpdateStageCommand({ restApiId: api.id, stageName, patchOperations: replace(values) }))
const setRole = (role: string) => client.send(new UpdateAccountCommand({ patchOperations: replace({ '/cloudwatchRoleArn': role }) }))
const messages = async (logGroupName: string) => (await logs.send(new FilterLogEventsCommand({ logGroupName }))).events!.map(({ message }) => message!)
const executionLog = () => messages(`API-Gateway-Execution-Logs_${api.id}/test`)

beforeAll(async () => {
  sandbox = await startTestSandbox({ allowOutgoing: [] })
  client = new APIGatewayClient(sandbox.learner)
  logs = new CloudWatchLogsClient(sandbox.learner)
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  await api.method('/pets/{id}', 'GET', { responses: [{ responseTemplates: { 'application/json': '{"ok": true}' } }] })
  await api.method('/broken', 'GET', { integration: { type: 'HTTP', uri: 'http://nowhere.example/' } })
  await api.deploy()
})

it('logs only once the account gave API Gateway a role that it can assume', async () => {
  const refused = { name: 'BadRequestException', message: 'CloudWatch Logs role ARN must be set in account settings to enable logging' }
  await expect(set({ '/*/*/logging/loglevel': 'INFO' })).rejects.toMatchObject(refused)
  await expect(set({ '/accessLogSettings/destinationArn': `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:access` })).rejects.toMatchObject(refused)
  await setRole(await makeRole(sandbox.learner, 'cannot-write', [], 'apigateway.amazonaws.com'))
  await set({ '/*/*/logging/loglevel': 'INFO' })
  await callerOf(sandbox, api.id)('/pets/1')
  await expect(executionLog()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(set({ '/*/*/logging/loglevel': 'LOUD' })).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('writes an execution log by level: all, all with data, errors only', async () => {
  await setRole(await makeRole(sandbox.learner, 'writes', [PUSH], 'apigateway.amazonaws.com'))
  const call = callerOf(sandbox, api.id)
  await set({ '/*/*/logging/loglevel': 'INFO' })
  const { headers } = await call('/pets/1?q=2', { headers: { Authorization: 'Bearer a-long-secret-token', 'X-Long': 'x'.repeat(1500) } })
  const id = headers.get('x-amzn-requestid')
  const info = await executionLog()
  expect(info.every((line) => line.startsWith(`(${id}) `))).toBe(true)
  for (const line of [`Extended Request Id: ${headers.get('x-amz-apigw-id')}`, `Verifying Usage Plan for request: ${id}`, `Starting execution for request: ${id}`, 'HTTP Method: GET, Resource Path: /pets/1', 'Successfully completed execution', 'Method completed with status: 200']) {
    expect(info.join('\n')).toContain(line)
  }
  expect(info.join('\n')).not.toContain('Method request headers')

  await set({ '/~1pets~1{id}/GET/logging/loglevel': 'INFO', '/~1pets~1{id}/GET/logging/dataTrace': 'true' })
  await call('/pets/2?q=2', { headers: { Authorization: 'Bearer a-long-secret-token', 'X-Long': 'x'.repeat(1500) } })
  const data = (await executionLog()).slice(info.length)
  expect(data.find((line) => line.includes('Method request path: {id=2}'))).toBeDefined()
  expect(data.find((line) => line.includes('Method response body after transformations: {"ok": true}'))).toBeDefined()
  const requestHeaders = data.find((line) => line.includes('Method request headers'))!
  expect(requestHeaders).toMatch(/Authorization=\*+-token/i)
  expect(requestHeaders).not.toContain('secret')
  expect(requestHeaders).toMatch(/ \[TRUNCATED\]$/)

  await set({ '/*/*/logging/loglevel': 'ERROR' })
  const before = (await executionLog()).length
  expect((await call('/broken')).status).toBe(504)
  const errors = (await executionLog()).slice(before)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain('Execution failed due to configuration error: nowhere.example is not among the hosts')
})

it('writes a line for each request to the access log, those that find no method too', async () => {
  await setRole(await makeRole(sandbox.learner, 'writes-access', [PUSH], 'apigateway.amazonaws.com'))
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'access' }))
  const destination = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:access`
  await expect(set({ '/accessLogSettings/destinationArn': destination, '/accessLogSettings/format': '$context.status' })).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('$context.requestId') })
  await set({ '/accessLogSettings/destinationArn': destination, '/accessLogSettings/format': '$context.requestId|$context.httpMethod $context.resourcePath $context.path|$context.status $context.responseLength|$context.error.message|$context.integration.status|$context.identity.caller' })
  const call = callerOf(sandbox, api.id)
  const id = '11111111-2222-3333-4444-555555555555'
  expect((await call('/pets/1', { headers: { 'x-amzn-RequestId': id } })).headers.get('x-amzn-requestid')).toBe(id)
  await call('/nothing')
  await call('/broken')
  const lines = await messages('access')
  expect(lines[0]).toBe(`${id}|GET /pets/{id} /test/pets/1|200 12|-|-|-\n`)
  expect(lines[1]).toMatch(/^[0-9a-f-]{36}\|GET {2}\/test\/nothing\|403 42\|Missing Authentication Token\|-\|-\n$/)
  expect(lines[2]).toContain('|504 ')
})
