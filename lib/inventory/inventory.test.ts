import { PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cloud } from '@/lib/cloud'
import { startTestCloud } from '@/lib/cloud/testing'
import { policy } from '@/lib/lab/role'
import { readInventory, type Inventory } from './index'
import { makeShop, SHOP_SIZE } from './testing'

let cloud: Cloud
let remove: () => Promise<void>

beforeAll(async () => {
  ;({ cloud, remove } = await startTestCloud())
})
afterAll(() => remove())

const place = (accountId: string) => ({ accountId, region: cloud.region })
const read = async (accountId: string) => readInventory(await cloud.clients(accountId, { as: 'reader' }), place(accountId))

/** A client of a backend without these operations, or without the service. */
function refusing(operations: RegExp, client: object): object {
  const send = async (command: object, ...rest: unknown[]) => {
    if (operations.test(command.constructor.name)) throw Object.assign(new Error('not here'), { name: 'NotImplemented' })
    return (client as { send(...args: unknown[]): unknown }).send(command, ...rest)
  }
  return Object.assign(Object.create(client), { send })
}

/** `from kind to`, by names. */
function connections({ resources, edges }: Inventory): string[] {
  const nameOf = (arn: string) => resources.find((one) => one.arn === arn)!.name
  return edges.map(({ from, to, kind }) => `${nameOf(from)} ${kind} ${nameOf(to)}`).sort()
}

describe('the inventory', () => {
  it('of a new account is empty', async () => {
    expect(await read(await cloud.createAccount())).toEqual({ resources: [], edges: [], failed: [] })
  })

  it('holds everything that the account holds, and how it is connected', async () => {
    const accountId = await cloud.createAccount()
    await makeShop(await cloud.clients(accountId, { as: 'learner' }), place(accountId), 'shop')
    const inventory = await read(accountId)
    expect(inventory.failed).toEqual([])
    expect(inventory.resources).toHaveLength(SHOP_SIZE)
    const known = (await cloud.resources(accountId)).map(({ arn, type }) => (type === 'event-source-mapping' ? '' : arn)).filter(Boolean)
    expect(inventory.resources.map(({ arn }) => arn)).toEqual(expect.arrayContaining(known))
    expect(inventory.resources.find(({ name }) => name === 'shop-total')).toMatchObject({ service: 'lambda', kind: 'function', state: 'Active', createdAt: expect.stringMatching(/Z$/), facts: { runtime: 'nodejs22.x', memory: 128, timeout: 3 } })
    expect(inventory.resources.find(({ name }) => name === 'shop-nightly')).toMatchObject({ kind: 'rule', state: 'DISABLED', facts: { expression: 'cron(0 18 * * ? *)' } })
    expect(connections(inventory)).toEqual(
      [
        'shop-rest invokes shop-total',
        'shop-http invokes shop-total',
        'shop-total runsAs shop-role',
        'shop-cover runsAs shop-role',
        'shop-total uses shop-tools',
        'shop-total logs /aws/lambda/shop-total',
        'shop-total destination shop-dead',
        'shop-total mayUse shop-books',
        'shop-cover mayUse shop-books',
        'shop-orders triggers shop-total',
        'shop-orders → shop-total triggers shop-total',
        'shop-orders deadLetter shop-dead',
        'shop-news delivers shop-orders',
        'shop-news → shop-orders uses shop-news',
        `shop-${accountId} triggers shop-cover`,
        'shop-nightly triggers shop-total',
        'shop-bus triggers shop-ordered',
        'shop-ordered triggers shop-news',
        'shop-weekly triggers shop-total',
        'shop-weekly runsAs shop-role',
        'shop-weekly uses shop-group',
        'shop-logs grants shop-role',
        'shop-clerk uses shop-clerks',
        'shop-errors watches shop-total',
        'shop-errors delivers shop-news',
      ].sort(),
    )
  })

  it('tells what IAM denied and shows the rest', async () => {
    const accountId = await cloud.createAccount()
    const learner = await cloud.clients(accountId, { as: 'learner' })
    await makeShop(learner, place(accountId), 'shop')
    await learner.iam.send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName: 'blind', PolicyDocument: policy({ Effect: 'Deny', Action: ['s3:ListAllMyBuckets', 'sqs:GetQueueAttributes'], Resource: '*' }) }))
    const { resources, failed } = await read(accountId)
    expect(failed.map(({ service, denied }) => ({ service, denied }))).toEqual(expect.arrayContaining([{ service: 's3', denied: true }, { service: 'sqs', denied: true }]))
    expect(failed.find(({ service }) => service === 's3')!.message).toMatch(/AccessDenied: .*s3:ListAllMyBuckets/)
    expect(resources.filter(({ kind }) => kind === 'bucket')).toEqual([])
    // Their names were told before their attributes were refused.
    expect(resources.filter(({ kind }) => kind === 'queue').map(({ name }) => name)).toEqual(['shop-dead', 'shop-orders'])
    expect(resources.some(({ kind }) => kind === 'function')).toBe(true)
  })

  it('tells of a service that the backend does not have, but not of a rare operation that a service lacks', async () => {
    const accountId = await cloud.createAccount()
    const clients = await cloud.clients(accountId, { as: 'reader' })
    const lacking = { ...Object.fromEntries(Object.keys(clients).map((name) => [name, clients[name as 'iam']])), scheduler: refusing(/./, clients.scheduler), iam: refusing(/ServerCertificates/, clients.iam) } as typeof clients
    expect((await readInventory(lacking, place(accountId))).failed).toEqual([{ service: 'scheduler', denied: false, message: expect.stringMatching(/^NotImplemented/) }])
  })

  it('leaves no trace of its looks in the audit trail', async () => {
    const accountId = await cloud.createAccount()
    await read(accountId)
    expect((await cloud.events(accountId)).events).toEqual([])
  })
})
