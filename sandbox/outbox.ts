import { randomUUID } from 'node:crypto'
import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { authorize } from './authorize'
import { inAccount, type Clock } from './clock'
import { AwsError } from './errors'
import type { Call, Principal, Service } from './operation'
import type { Sandbox } from './sandbox'
import { findRole, refusalForService, sessionPrincipal } from './services/iam/assume-role'
import { globalContext } from './services/iam/global-context'
import { collection, scopeOf, type Store, type Write } from './store'
import { Timetable } from './timetable'

/** Something that one service hands to another, on its way. */
export interface Delivery {
  id: string
  /** Whose it is: that account's clock counts, and its trail is told. */
  account: string
  region: string
  /** ARN of what gets it. The service named in it delivers (`Service.receive`). */
  target: string
  sender: Sender
  body: string
  /** Message attributes, of a queue or a topic. */
  attributes?: Record<string, MessageAttributeValue>
  /** Of a FIFO queue or topic. */
  groupId?: string
  deduplicationId?: string
  retry: Retry
  /** ARN of the queue where it ends when it cannot be delivered; without one it is dropped. */
  deadLetterArn?: string
  acceptedAt: number
  failures: number
  /** Why the last attempt failed. */
  problem?: { code: string; message: string }
  /** Which limit ended the retries. */
  exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds'
}

/** On whose behalf a delivery is made. */
export interface Sender {
  /** Such as `events.amazonaws.com`. */
  service: string
  /** The rule, topic, bucket or schedule: `aws:SourceArn`. */
  sourceArn: string
  /** The role that the service assumes; without one the receiver's resource policy must let the service in. */
  roleArn?: string
}

/** How often, how long, and after which waits a delivery is tried again. */
export interface Retry {
  attempts: number
  ageSeconds: number
  /** In ms, before the first, second … retry; the last goes on. */
  waits: number[]
}

/** A failure that no retry can mend: the receiver is gone or does not let the sender in. */
export class Undeliverable extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

/** Scope: account and region; keyed by time and id, so that the oldest go first. */
const deliveries = collection<Delivery>('outbox/deliveries')
/** As many as are under way at once; more wait their turn. */
const AT_ONCE = 64

/**
 * Deliveries between services. A delivery is written in one batch with the change that causes it, is tried at once, is
 * found again after a restart, and reaches its target at least once or ends in its dead-letter queue.
 */
export class Outbox {
  readonly #timetable: Timetable
  #sandbox: Sandbox | undefined
  #services: Service[] = []
  #free = AT_ONCE
  readonly #queue: (() => void)[] = []

  constructor(private readonly store: Store, clock: Clock) {
    this.#timetable = new Timetable(clock, (scope, key) => this.#due(scope, key))
  }

  /** Takes up what an earlier run of the sandbox accepted. */
  async resume(sandbox: Sandbox, services: Service[]): Promise<void> {
    this.#sandbox = sandbox
    this.#services = services
    for (const scope of await this.store.scopes(deliveries, '')) {
      for (const { key } of await this.store.list(deliveries, scope)) this.#timetable.set(scope, key, 0)
    }
  }

  /** What writes deliveries, to be in one batch with what causes them; `send` them after it. */
  prepare(sandbox: Sandbox, given: Omit<Delivery, 'id' | 'acceptedAt' | 'failures'>[]): { writes: Write[]; send(): void } {
    const now = sandbox.now()
    const rows = given.map((one) => {
      const delivery: Delivery = { ...one, id: randomUUID(), acceptedAt: now, failures: 0 }
      return { collection: deliveries, scope: scopeOf(one), key: `${String(now).padStart(15, '0')}-${delivery.id}`, value: delivery }
    })
    const send = () => {
      for (const { scope, key } of rows) this.#timetable.set(scope, key, 0)
    }
    return { writes: rows, send }
  }

  /** Starts no more attempts and waits for those under way. */
  close(): Promise<void> {
    for (const go of this.#queue.splice(0)) go()
    return this.#timetable.close()
  }

  async #due(scope: string, key: string): Promise<void> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#queue.push(resolve))
    else this.#free -= 1
    try {
      if (!this.#timetable.isClosed) await this.#attempt(scope, key)
    } finally {
      const next = this.#queue.shift()
      if (next) next()
      else this.#free += 1
    }
  }

  async #attempt(scope: string, key: string): Promise<void> {
    const delivery = await this.store.get(deliveries, scope, key)
    if (!delivery) return
    const sandbox = inAccount(this.#sandbox!, delivery.account)
    try {
      await this.#hand(sandbox, delivery)
    } catch (error) {
      // A receiver that the closing sandbox has stopped says nothing about the delivery.
      if (this.#timetable.isClosed) return
      delivery.failures += 1
      delivery.problem = problemOf(error)
      const next = sandbox.now() + (delivery.retry.waits.at(Math.min(delivery.failures, delivery.retry.waits.length) - 1) ?? 0)
      if (delivery.failures > delivery.retry.attempts) delivery.exhausted = 'MaximumRetryAttempts'
      else if (next > delivery.acceptedAt + delivery.retry.ageSeconds * 1000) delivery.exhausted = 'MaximumEventAgeInSeconds'
      if (!delivery.exhausted && !isPermanent(error)) {
        await this.store.put(deliveries, scope, key, delivery)
        this.#timetable.set(scope, key, next)
        return
      }
      await this.#bury(sandbox, delivery)
    }
    await this.store.delete(deliveries, scope, key)
  }

  async #hand(sandbox: Sandbox, delivery: Delivery): Promise<void> {
    const name = delivery.target.split(':')[2]
    const receiver = this.#services.find((service) => service.name === name && service.receive)
    if (!receiver) throw new Undeliverable('UNSUPPORTED_TARGET', `${delivery.target} cannot be delivered to.`)
    await receiver.receive!(sandbox, delivery)
  }

  /** To the dead-letter queue; where that does not take it either, it is lost, as on AWS. */
  async #bury(sandbox: Sandbox, delivery: Delivery): Promise<void> {
    const { deadLetterArn, sender, target } = delivery
    if (deadLetterArn === undefined) return
    const attributes = this.#services.find(({ eventSource }) => eventSource === sender.service)?.deadLetterAttributes?.(delivery) ?? {}
    const entries = Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }])
    const letter: Delivery = { ...delivery, target: deadLetterArn, attributes: Object.fromEntries(entries) as Delivery['attributes'] & object }
    await this.#hand(sandbox, letter).catch((error: Error) => console.error(`${sender.sourceArn}: dead letter for ${target} lost: ${error.message}`))
  }
}

/**
 * Sees to it that a delivery's sender may do something: its role, or the service itself by the resource's policy.
 * @returns who acts
 * @throws Undeliverable
 */
export async function permitDelivery(sandbox: Sandbox, { account, region, sender }: Delivery, action: string, resource: string, resourcePolicy: object | undefined): Promise<Principal> {
  const principal = await principalOf(sandbox, account, sender)
  const call = { principal, region, account, sourceIp: sender.service, userAgent: sender.service } as Call
  const source: Record<string, string> = sender.roleArn === undefined ? { 'aws:SourceArn': sender.sourceArn, 'aws:SourceAccount': account, 'aws:PrincipalServiceName': sender.service } : {}
  const question = { principal, action, resource, resourceAccount: resource.split(':')[4] || account, context: { ...globalContext(sandbox, call, resource), ...source }, resourcePolicy }
  await authorize(sandbox, question).catch((error: Error) => {
    throw new Undeliverable('NO_PERMISSIONS', error.message)
  })
  return principal
}

async function principalOf(sandbox: Sandbox, account: string, { service, sourceArn, roleArn }: Sender): Promise<Principal> {
  if (roleArn === undefined) return { type: 'Service', account, arn: service, userId: service, accessKeyId: '' }
  const role = (await refusalForService(sandbox, { account, roleArn, service, sourceArn })) ? undefined : await findRole(sandbox, roleArn)
  if (!role) throw new Undeliverable('NO_PERMISSIONS', `${service} cannot assume the role ${roleArn}.`)
  return { ...sessionPrincipal(account, role, service.split('.')[0]!), accessKeyId: '' }
}

/** Refused by the receiver for what it is, not for the moment. */
function isPermanent(error: unknown): boolean {
  if (error instanceof Undeliverable) return true
  if (error instanceof AwsError) return error.status < 500 && error.status !== 429
  return (error as { $fault?: string }).$fault === 'client' && (error as Error).name !== 'TooManyRequestsException'
}

function problemOf(error: unknown): { code: string; message: string } {
  const { name, message } = error as Error
  return { code: error instanceof Undeliverable ? error.code : name, message }
}
