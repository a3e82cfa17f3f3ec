import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteStageCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetAccountCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsageCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  ImportApiKeysCommand,
  UpdateAccountCommand,
  UpdateApiKeyCommand,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeRole } from '../lambda/testing'
import { periodStart } from './quota'
import { makeApi, replace } from './testing'

let sandbox: TestSandbox
let client: APIGatewayClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

it('makes API keys, shows values only when asked, and finds them by name', async () => {
  const key = await client.send(new CreateApiKeyCommand({ name: 'mobile', enabled: true, value: 'v'.repeat(20) }))
  expect(key).toMatchObject({ name: 'mobile', enabled: true, value: 'v'.repeat(20), stageKeys: [] })
  expect((await client.send(new GetApiKeyCommand({ apiKey: key.id }))).value).toBeUndefined()
  expect((await client.send(new GetApiKeyCommand({ apiKey: key.id, includeValue: true }))).value).toBe('v'.repeat(20))
  expect((await client.send(new GetApiKeysCommand({ nameQuery: 'mob', includeValues: true }))).items).toMatchObject([{ id: key.id, value: 'v'.repeat(20) }])
  expect((await client.send(new GetApiKeysCommand({ nameQuery: 'web' }))).items).toEqual([])
  await expect(client.send(new CreateApiKeyCommand({ value: 'v'.repeat(20) }))).rejects.toMatchObject({ name: 'ConflictException', message: 'API Key already exists' })
  await expect(client.send(new CreateApiKeyCommand({ value: 'short' }))).rejects.toMatchObject({ name: 'BadRequestException', message: 'API Key value should be at least 20 characters' })
  expect((await client.send(new CreateApiKeyCommand({}))).value).toMatch(/^[A-Za-z0-9]{40}$/)
  const changed = await client.send(new UpdateApiKeyCommand({ apiKey: key.id, patchOperations: replace({ '/enabled': 'false', '/description': 'old' }) }))
  expect(changed).toMatchObject({ enabled: false, description: 'old' })
  await client.send(new DeleteApiKeyCommand({ apiKey: key.id }))
  await expect(client.send(new GetApiKeyCommand({ apiKey: key.id }))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid API Key identifier specified' })
})

it('imports API keys from CSV into usage plans', async () => {
  const plan = await client.send(new CreateUsagePlanCommand({ name: 'import' }))
  const csv = `Name,key,description,Enabled,usageplanIds\none,${'1'.repeat(24)},"first, with comma",TRUE,${plan.id}\ntwo,${'2'.repeat(24)},,FALSE,"${plan.id},none12"\n`
  const { ids, warnings } = await client.send(new ImportApiKeysCommand({ body: Buffer.from(csv), format: 'csv' }))
  expect(warnings).toEqual(['There is no usage plan none12 for API Key two'])
  expect(await client.send(new GetApiKeyCommand({ apiKey: ids![0] }))).toMatchObject({ name: 'one', description: 'first, with comma', enabled: true })
  expect((await client.send(new GetUsagePlanKeysCommand({ usagePlanId: plan.id }))).items).toHaveLength(2)
})

it('makes usage plans for stages, throttles single methods, and holds stages in use', async () => {
  const api = await makeApi(client)
  await api.method('/', 'GET')
  await api.deploy('prod')
  const usagePlanId = (await client.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: api.id, stage: 'prod' }], throttle: { rateLimit: 5, burstLimit: 10 }, quota: { limit: 100, period: 'DAY' } }))).id
  await expect(client.send(new CreateUsagePlanCommand({ name: 'q', apiStages: [{ apiId: api.id, stage: 'none' }] }))).rejects.toMatchObject({ name: 'NotFoundException', message: `API Stage not found: ${api.id}:none` })
  const stage = `${api.id}:prod`
  const patched = await client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations: replace({ [`/apiStages/${stage}/throttle/~1pets~1GET/rateLimit`]: '2', '/quota/limit': '50' }) }))
  expect(patched).toMatchObject({ apiStages: [{ apiId: api.id, stage: 'prod', throttle: { '/pets/GET': { rateLimit: 2 } } }], quota: { limit: 50, offset: 0, period: 'DAY' } })
  await expect(client.send(new DeleteStageCommand({ restApiId: api.id, stageName: 'prod' }))).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(client.send(new DeleteUsagePlanCommand({ usagePlanId }))).rejects.toMatchObject({ name: 'BadRequestException' })

  const key = await client.send(new CreateApiKeyCommand({ name: 'k', enabled: true }))
  const usagePlanKey = await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }))
  expect(usagePlanKey).toMatchObject({ id: key.id, type: 'API_KEY', name: 'k', value: key.value })
  await expect(client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: key.id, keyType: 'API_KEY' }))).rejects.toMatchObject({ name: 'ConflictException' })
  expect((await client.send(new GetUsagePlansCommand({ keyId: key.id }))).items).toMatchObject([{ id: usagePlanId }])

  const today = new Date().toISOString().slice(0, 10)
  expect((await client.send(new GetUsageCommand({ usagePlanId, startDate: today, endDate: today }))).items).toEqual({ [key.id!]: [[0, 50]] })
  await client.send(new UpdateUsageCommand({ usagePlanId, keyId: key.id, patchOperations: replace({ '/remaining': '7' }) }))
  expect((await client.send(new GetUsageCommand({ usagePlanId, startDate: today, endDate: today, keyId: key.id }))).items).toEqual({ [key.id!]: [[0, 7]] })
  await expect(client.send(new GetUsageCommand({ usagePlanId, startDate: 'x', endDate: today }))).rejects.toMatchObject({ name: 'BadRequestException' })

  await client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))
  await expect(client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))).rejects.toMatchObject({ name: 'NotFoundException' })
  await client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations: [{ op: 'remove', path: '/apiStages', value: stage }] }))
  await client.send(new DeleteUsagePlanCommand({ usagePlanId }))
})

it.each([
  ['DAY', 0, '2026-03-18'],
  ['WEEK', 0, '2026-03-15'],
  ['WEEK', 4, '2026-03-12'],
  ['MONTH', 0, '2026-03-01'],
  ['MONTH', 20, '2026-02-21'],
] as const)('begins the quota period %s with offset %i on the right day', (period, offset, day) => {
  expect(periodStart(Date.parse('2026-03-18T10:00:00Z'), period, offset)).toBe(day)
})

it('keeps the role for logs only where API Gateway can assume it', async () => {
  expect(await client.send(new GetAccountCommand({}))).toMatchObject({ throttleSettings: { burstLimit: 5000, rateLimit: 10000 }, features: ['UsagePlans'], apiKeyVersion: '4' })
  const set = (role: string) => client.send(new UpdateAccountCommand({ patchOperations: replace({ '/cloudwatchRoleArn': role }) }))
  await expect(set(await makeRole(sandbox.learner, 'of-lambda'))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('does not have required permissions configured') })
  const role = await makeRole(sandbox.learner, 'of-gateway', [], 'apigateway.amazonaws.com')
  expect((await set(role)).cloudwatchRoleArn).toBe(role)
})
