import { afterEach, beforeEach, expect, it } from 'vitest'
import { Clock } from './clock'
import type { Service } from './operation'
import { Outbox, Undeliverable, type Delivery, type NewDelivery } from './outbox'
import type { Sandbox } from './sandbox'
import { Store } from './store'

let store: Store
let clock: Clock
let outbox: Outbox
/** What was handed over, in order. */
let got: string[]
/** Answers of the receiver by body; without one it takes what it gets. */
let answers: Record<string, (delivery: Delivery) => Promise<void> | void>

const receiver = {
  name: 'sqs',
  async receive(_: Sandbox, delivery: Delivery) {
    got.push(`${delivery.body} at ${delivery.target.split(':')[5]}`)
    if (!delivery.target.endsWith('dead')) await answers[delivery.body]?.(delivery)
  },
} as unknown as Service
const sender = { eventSource: 'test.amazonaws.com', deadLetterAttributes: ({ problem }: Delivery) => ({ WHY: problem!.code }) } as unknown as Service

beforeEach(async () => {
  store = await Store.inMemory()
  clock = await Clock.open(store)
  got = []
  answers = {}
  outbox = await start()
})
afterEach(() => outbox.close())

async function start(): Promise<Outbox> {
  const one = new Outbox(store, clock)
  await one.resume(sandbox(), [receiver, sender])
  return one
}

const sandbox = () => ({ store, clock, now: Date.now }) as unknown as Sandbox
const to = (target: string, body: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  account: '111122223333',
  region: 'us-east-1',
  target: `arn:aws:sqs:us-east-1:111122223333:${target}`,
  sender: { service: 'test.amazonaws.com', sourceArn: 'arn:aws:test:::x' },
  body,
  retry: { attempts: 3, ageSeconds: 60, waits: [1, 2] },
  ...more,
})

async function deliver(...given: NewDelivery[]): Promise<void> {
  const { writes, send } = outbox.prepare(sandbox(), given)
  await store.batch(writes)
  send()
}

/** Waits until nothing is on its way any more. */
async function empty(): Promise<void> {
  while ((await store.scopes({ name: 'outbox/deliveries' }, '')).length > 0) await new Promise((resolve) => setTimeout(resolve, 2))
}

it('hands over what it took, and nothing before it is sent', async () => {
  const { writes, send } = outbox.prepare(sandbox(), [to('queue', 'hello')])
  await store.batch(writes)
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(got).toEqual([])
  send()
  await empty()
  expect(got).toEqual(['hello at queue'])
})

it('tries again after a failure, and not after a refusal', async () => {
  let failures = 2
  answers.busy = () => {
    if (failures-- > 0) throw new Error('not now')
  }
  answers.refused = () => {
    throw new Undeliverable('NO_PERMISSIONS', 'no')
  }
  await deliver(to('queue', 'busy'), to('queue', 'refused'))
  await empty()
  expect(got.filter((one) => one.startsWith('busy'))).toHaveLength(3)
  expect(got.filter((one) => one.startsWith('refused'))).toHaveLength(1)
})

it('gives up after so many retries, and tells the dead-letter queue why', async () => {
  answers.never = () => {
    throw new Error('not now')
  }
  const letters: Delivery[] = []
  const before = receiver.receive!
  receiver.receive = async (...args) => {
    if (args[1].target.endsWith('dead')) letters.push(args[1])
    return before(...args)
  }
  await deliver(to('queue', 'never', { deadLetterArn: 'arn:aws:sqs:us-east-1:111122223333:dead', attributes: { kept: { DataType: 'String', StringValue: 'as sent' } } }))
  await empty()
  receiver.receive = before
  expect(got).toEqual([...Array.from({ length: 4 }, () => 'never at queue'), 'never at dead'])
  expect(letters[0]).toMatchObject({ exhausted: 'MaximumRetryAttempts', attributes: { kept: { StringValue: 'as sent' }, WHY: { StringValue: 'Error' } } })
})

it('keeps the order of a lane, also where its first has to wait', async () => {
  let failures = 2
  answers.first = () => {
    if (failures-- > 0) throw new Error('not now')
  }
  await deliver(...['first', 'second', 'third'].map((body) => to('queue', body, { lane: 'a' })), to('queue', 'other', { lane: 'b' }))
  await empty()
  const ofLane = got.filter((one) => !one.startsWith('other'))
  expect(ofLane).toEqual(['first', 'first', 'first', 'second', 'third'].map((body) => `${body} at queue`))
  expect(got.indexOf('other at queue')).toBeLessThan(got.indexOf('second at queue'))
})

it('lets nothing wait for posts that hang', async () => {
  let end!: () => void
  const hanging = new Promise<void>((resolve) => (end = resolve))
  answers.post = () => hanging
  await deliver(...Array.from({ length: 20 }, () => to('queue', 'post', { http: { url: 'http://slow', headers: {} } })), to('queue', 'quick'))
  await expect.poll(() => got).toContain('quick at queue')
  end()
  await empty()
  expect(got.filter((one) => one.startsWith('post'))).toHaveLength(20)
})

it('finds again in a new run what an earlier one did not bring to its end', async () => {
  const { writes } = outbox.prepare(sandbox(), ['1', '2', '3'].map((body) => to('queue', body, { lane: 'a' })))
  await store.batch(writes)
  await outbox.close()
  outbox = await start()
  await empty()
  expect(got).toEqual(['1 at queue', '2 at queue', '3 at queue'])
})
