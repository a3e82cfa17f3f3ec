import { CreateUsagePlanCommand, CreateApiKeyCommand, GenerateClientCertificateCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { CreateInstanceProfileCommand, AddRoleToInstanceProfileCommand, CreateVirtualMFADeviceCommand, CreateOpenIDConnectProviderCommand, CreatePolicyVersionCommand, CreateRoleCommand, CreateUserCommand, DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateCodeSigningConfigCommand, InvokeCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { CreateMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cloud } from '@/lib/cloud'
import { startTestCloud } from '@/lib/cloud/testing'
import { LAMBDA_TRUST, policy } from '@/lib/lab/role'
import { zipFiles } from '@/lib/lab/zip'
import { cleanUp, type CleanUpEvent } from './clean-up'
import { deleteResource } from './delete'
import { readInventory, type Inventory } from './index'
import { planDeletion } from './plan-deletion'
import { makeShop, SHOP_SIZE } from './testing'

let cloud: Cloud
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ cloud, remove } = await startTestCloud())
})
afterAll(() => remove())

const place = (accountId: string) => ({ accountId, region: cloud.region })
const learnerOf = (accountId: string) => cloud.clients(accountId, { as: 'learner' })
const read = async (accountId: string) => readInventory(await cloud.clients(accountId, { as: 'reader' }), place(accountId))
const left = async (accountId: string) => (await cloud.resources(accountId)).map(({ arn, type: kind, name }) => ({ arn, kind, name }))

async function shopAccount(...shops: string[]): Promise<string> {
  const accountId = await cloud.createAccount()
  for (const shop of shops) await makeShop(await learnerOf(accountId), place(accountId), shop)
  return accountId
}

async function clean(accountId: string, choose: (inventory: Inventory) => readonly string[], signal = new AbortController().signal): Promise<CleanUpEvent[]> {
  const events: CleanUpEvent[] = []
  const [reader, learner] = [await cloud.clients(accountId, { as: 'reader' }), await learnerOf(accountId)]
  for await (const event of cleanUp({ reader, learner, place: place(accountId), choose, verify: () => left(accountId), signal })) events.push(event)
  return events
}
const everything = ({ resources }: Inventory) => resources.map(({ arn }) => arn)
const named = (inventory: Inventory, name: string) => inventory.resources.find((one) => one.name === name)!

describe('a plan of deletion', () => {
  let inventory: Inventory
  beforeAll(async () => {
    inventory = await read(await shopAccount('shop'))
  })
  const plan = (name: string) => {
    const { goes, affected } = planDeletion(inventory, [named(inventory, name).arn])
    return { goes: goes.map((one) => one.name), affected: affected.map((one) => one.name).sort() }
  }

  it('of a function takes its triggers and its log along and names what called it', () => {
    expect(plan('shop-total')).toEqual({
      goes: ['shop-orders → shop-total', 'shop-total', '/aws/lambda/shop-total'],
      affected: ['shop-errors', 'shop-http', 'shop-nightly', 'shop-orders', 'shop-rest', 'shop-weekly'],
    })
  })
  it('of a role names what runs as it', () => {
    expect(plan('shop-role')).toEqual({ goes: ['shop-role'], affected: ['shop-cover', 'shop-total', 'shop-weekly'] })
  })
  it('of a policy names the role that loses its rights', () => {
    expect(plan('shop-logs')).toEqual({ goes: ['shop-logs'], affected: ['shop-role'] })
  })
  it('of a bus, a group, a topic and a queue takes along what cannot be without it', () => {
    expect(plan('shop-bus').goes).toEqual(['shop-ordered', 'shop-bus'])
    expect(plan('shop-group').goes).toEqual(['shop-weekly', 'shop-group'])
    expect(plan('shop-news').goes).toEqual(['shop-news → shop-orders', 'shop-news'])
    expect(plan('shop-orders').goes).toEqual(['shop-orders → shop-total', 'shop-orders'])
  })
})

describe('deleting', () => {
  it('works for each kind on its own, whatever holds it, and once more where it is gone', async () => {
    const accountId = await shopAccount('shop')
    const learner = await learnerOf(accountId)
    const { apigateway, iam, lambda, s3 } = learner
    const restApiId = (await apigateway.send(new GetRestApisCommand({}))).items![0]!.id!
    await apigateway.send(new GenerateClientCertificateCommand({}))
    await apigateway.send(new CreateUsagePlanCommand({ name: 'plan', apiStages: [{ apiId: restApiId, stage: 'dev' }] }))
    await apigateway.send(new CreateApiKeyCommand({ name: 'key', enabled: true }))
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'profile' }))
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'profile', RoleName: 'shop-role' }))
    await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'device' }))
    await iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example.com', ThumbprintList: ['a'.repeat(40)] }))
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn: `arn:aws:iam::${accountId}:policy/shop-logs`, PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), SetAsDefault: true }))
    await lambda.send(new PublishLayerVersionCommand({ LayerName: 'shop-tools', Content: { ZipFile: zipFiles({ 'x.txt': '2' }) } }))
    await lambda.send(new CreateCodeSigningConfigCommand({ AllowedPublishers: { SigningProfileVersionArns: [`arn:aws:signer:us-east-1:${accountId}:/signing-profiles/shop/abcdefghij`] } }))
    await s3.send(new DeleteObjectCommand({ Bucket: `shop-${accountId}`, Key: 'so-do.txt' }))
    await s3.send(new CreateMultipartUploadCommand({ Bucket: `shop-${accountId}`, Key: 'half' }))

    const { resources } = await read(accountId)
    const kinds = new Set(resources.map(({ kind }) => kind))
    for (const kind of ['usage-plan', 'api-key', 'client-certificate', 'instance-profile', 'mfa', 'oidc-provider', 'code-signing-config'] as const) expect(kinds).toContain(kind)
    // In the order of the list: nothing is deleted beforehand for its sake, but a bus's rules.
    for (const resource of resources.filter(({ kind }) => kind !== 'event-bus')) {
      await deleteResource(learner, resource)
      expect((await read(accountId)).resources.map(({ arn }) => arn), `${resource.kind} ${resource.name}`).not.toContain(resource.arn)
      await deleteResource(learner, resource)
    }
    for (const resource of (await read(accountId)).resources) await deleteResource(learner, resource)
    expect(await left(accountId)).toEqual([])
  }, 60_000)
})

describe('clean-up', () => {
  it('of all tells what is being deleted, n of m, and ends in a verified zero', async () => {
    const accountId = await shopAccount('shop', 'other')
    const events = await clean(accountId, everything)
    expect(events[0]).toMatchObject({ type: 'plan', resources: { length: 2 * SHOP_SIZE } })
    expect(events.filter(({ type }) => type === 'deleting')).toHaveLength(2 * SHOP_SIZE)
    expect(events.filter(({ type }) => type === 'failed')).toEqual([])
    expect(events.at(-1)).toEqual({ type: 'verified', left: [] })
    expect(await cloud.resources(accountId)).toEqual([])
    // Once more, where nothing is left.
    expect(await clean(accountId, everything)).toEqual([{ type: 'plan', resources: [] }, { type: 'verified', left: [] }])
  }, 60_000)

  it('of some leaves the rest', async () => {
    const accountId = await shopAccount('shop', 'other')
    await clean(accountId, ({ resources }) => resources.filter(({ name }) => name.includes('shop')).map(({ arn }) => arn))
    expect((await read(accountId)).resources.map(({ name }) => name)).toHaveLength(SHOP_SIZE)
  }, 60_000)

  it('can run twice at once', async () => {
    const accountId = await shopAccount('shop')
    const runs = await Promise.all([clean(accountId, everything), clean(accountId, everything)])
    for (const events of runs) expect(events.at(-1)).toEqual({ type: 'verified', left: [] })
  }, 60_000)

  it('tells what could not be deleted and why, goes on with the rest, and does it once it may', async () => {
    const accountId = await shopAccount('shop')
    const { iam } = await learnerOf(accountId)
    await iam.send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName: 'no', PolicyDocument: policy({ Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*' }) }))
    const events = await clean(accountId, everything)
    expect(events.find(({ type }) => type === 'failed')).toMatchObject({ arn: expect.stringContaining('table/shop-books'), denied: true, message: expect.stringMatching(/^AccessDenied.*dynamodb:DeleteTable/) })
    expect(events.at(-1)).toEqual({ type: 'verified', left: [{ arn: expect.stringContaining('table/shop-books'), kind: 'table', name: 'shop-books' }] })
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'learner', PolicyName: 'no' }))
    expect((await clean(accountId, everything)).at(-1)).toEqual({ type: 'verified', left: [] })
  }, 60_000)

  it('stops before the next resource when nobody waits any more', async () => {
    const accountId = await shopAccount('shop')
    const stop = new AbortController()
    const [reader, learner] = [await cloud.clients(accountId, { as: 'reader' }), await learnerOf(accountId)]
    for await (const event of cleanUp({ reader, learner, place: place(accountId), choose: everything, verify: () => left(accountId), signal: stop.signal })) if (event.type === 'deleted') stop.abort()
    expect((await read(accountId)).resources).toHaveLength(SHOP_SIZE - 1)
  })

  it('deletes the log that a function wrote while it went', async () => {
    const accountId = await shopAccount('shop')
    await (await learnerOf(accountId)).lambda.send(new InvokeCommand({ FunctionName: 'shop-cover' }))
    expect((await clean(accountId, everything)).at(-1)).toEqual({ type: 'verified', left: [] })
  }, 60_000)

  it('never deletes the user that the account was born with', async () => {
    const accountId = await cloud.createAccount()
    const { iam } = await learnerOf(accountId)
    await iam.send(new CreateUserCommand({ UserName: 'other' }))
    await iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: LAMBDA_TRUST }))
    expect((await clean(accountId, everything)).filter(({ type }) => type === 'deleted')).toHaveLength(2)
    expect(await (await learnerOf(accountId)).sts.config.region()).toBe(cloud.region)
    expect(await clean(accountId, everything)).toHaveLength(2)
  })
})
