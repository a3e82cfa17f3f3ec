import { randomUUID } from 'node:crypto'
import { authorize } from './authorize'
import { inAccount, type Clock } from './clock'
import { rootOf } from './credentials'
import { AwsError } from './errors'
import { FairTurns } from './fair-turns'
import type { Call, Principal, Service } from './operation'
import type { Sandbox } from './sandbox'
import { findRole, refusalForService, sessionPrincipal } from './services/iam/assume-role'
import { globalContext } from './services/iam/global-context'
import type { StoredAttribute } from './services/sqs/records'
import { accountOf, collection, scopeOf, type Store, type Write } from './store'
import { Timetable } from './timetable'

/** What the services that choose their targets by ARN (rules, schedules) can deliver to. */
export const DELIVERABLE = /^arn:aws:(lambda:[\w-]+:\d{12}:function:|sqs:[\w-]+:\d{12}:|sns:[\w-]+:\d{12}:|events:[\w-]+:\d{12}:event-bus\/)/

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
  /** Of a message for a topic. */
  subject?: string
  /** The trace header of the call that caused it (`Call.traceHeader`): by it Lambda finds loops. */
  trace?: string
  /** Where it is posted, where it goes to a URL. */
  http?: { url: string; headers: Record<string, string> }
  /** Message attributes, of a queue or a topic. */
  attributes?: Record<string, StoredAttribute>
  /** Of a FIFO queue or topic. */
  groupId?: string
  deduplicationId?: string
  /** Deliveries of one lane (of a group of a FIFO topic to a subscriber) go one after the other, each once the one before is over. */
  lane?: string
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
  /** Sent as the account itself, as CloudWatch sends alarms. */
  isOwner?: boolean
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

/** What a delivery is before it is accepted. */
export type NewDelivery = Omit<Delivery, 'id' | 'acceptedAt' | 'failures'>

/** Scope: account and region; keyed by time, number and id, so that the oldest go first. */
const deliveries = collection<Delivery>('outbox/deliveries')
/** As many as are under way at once, in all and of one account; more wait their turn. */
const AT_ONCE = 64
const AT_ONCE_OF_ONE = 16
const AGAIN_AFTER_MS = 5000
/** Ends the keys of what is posted over HTTP: it may wait long for others, and so has turns of its own. */
const POSTED = '-http'
const READ_AT_ONCE = 500

/**
 * Deliveries between services. A delivery is written in one batch with the change that causes it, is tried at once, is
 * found again after a restart, and reaches its target at least once or ends in its dead-letter queue.
 */
export class Outbox {
  readonly #timetable: Timetable
  #sandbox: Sandbox | undefined
  #services: Service[] = []
  readonly #turns = new FairTurns(AT_ONCE, AT_ONCE_OF_ONE)
  readonly #httpTurns = new FairTurns(AT_ONCE, AT_ONCE_OF_ONE)
  /** Keys of what must go in order, the first of each lane under way. */
  readonly #lanes = new Map<string, string[]>()
  #number = 0

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.#timetable = new Timetable(clock, (scope, key) => this.#due(scope, key))
  }

  /** Takes up what an earlier run of the sandbox accepted. */
  async resume(sandbox: Sandbox, services: Service[]): Promise<void> {
    this.#sandbox = sandbox
    this.#services = services
    for (const scope of await this.store.scopes(deliveries, '')) {
      for (let last = ''; ; ) {
        const found = await this.store.list(deliveries, scope, { after: last, limit: READ_AT_ONCE })
        for (const { key, value } of found) this.#start(scope, key, value.lane)
        if (found.length < READ_AT_ONCE) break
        last = found.at(-1)!.key
      }
    }
  }

  /** What writes deliveries, to be in one batch with what causes them; `send` them after it. */
  prepare(sandbox: Sandbox, given: NewDelivery[]): { writes: Write[]; send(): void } {
    const now = sandbox.now()
    const rows = given.map((one) => {
      const delivery: Delivery = { ...one, id: randomUUID(), acceptedAt: now, failures: 0 }
      const key = `${String(now).padStart(15, '0')}-${String(this.#number++).padStart(10, '0')}-${delivery.id}${one.http ? POSTED : ''}`
      return { collection: deliveries, scope: scopeOf(one), key, value: delivery }
    })
    const send = () => {
      for (const { scope, key, value } of rows) this.#start(scope, key, value.lane)
    }
    return { writes: rows, send }
  }

  /**
   * Hands something over at once and once only, without writing it down, as a service does that tries a target.
   * @throws Undeliverable, and what the receiver throws
   */
  async attempt(sandbox: Sandbox, given: NewDelivery): Promise<void> {
    await this.#hand(sandbox, { ...given, id: randomUUID(), acceptedAt: sandbox.now(), failures: 0 })
  }

  /** Starts no more attempts and waits for those under way. */
  close(): Promise<void> {
    return this.#timetable.close()
  }

  #start(scope: string, key: string, lane: string | undefined): void {
    const line = lane === undefined ? undefined : this.#lanes.get(`${scope} ${lane}`)
    if (line) return void line.push(key)
    if (lane !== undefined) this.#lanes.set(`${scope} ${lane}`, [key])
    this.#timetable.set(scope, key, 0)
  }

  async #due(scope: string, key: string): Promise<void> {
    const turns = key.endsWith(POSTED) ? this.#httpTurns : this.#turns
    await turns.run(accountOf(scope), async () => {
      if (this.#timetable.isClosed) return
      await this.#attempt(scope, key).catch((error) => {
        // It could not be written down how it went (a full disk): as if it had not been tried.
        console.error(error)
        this.#timetable.set(scope, key, this.clock.now(accountOf(scope)) + AGAIN_AFTER_MS)
      })
    })
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
    if (delivery.lane !== undefined) this.#goOn(scope, delivery.lane)
  }

  /** The first of a lane is over: the next one follows. */
  #goOn(scope: string, lane: string): void {
    const line = this.#lanes.get(`${scope} ${lane}`)
    line?.shift()
    if (line?.[0] === undefined) this.#lanes.delete(`${scope} ${lane}`)
    else this.#timetable.set(scope, line[0], 0)
  }

  async #hand(sandbox: Sandbox, delivery: Delivery): Promise<void> {
    const name = delivery.target.split(':')[2]
    const receiver = this.#services.find((service) => service.name === name && service.receive)
    if (!receiver) throw new Undeliverable('UNSUPPORTED_TARGET', `${delivery.target} cannot be delivered to.`)
    await receiver.receive!(sandbox, delivery)
  }

  /** To the dead-letter queue; without one, or where that does not take it either, it is lost, as on AWS. */
  async #bury(sandbox: Sandbox, delivery: Delivery): Promise<void> {
    const { deadLetterArn, sender, target, problem } = delivery
    if (deadLetterArn === undefined) return console.warn(`${sender.sourceArn}: delivery to ${target} given up: ${problem?.message}`)
    const attributes = this.#services.find(({ eventSource }) => eventSource === sender.service)?.deadLetterAttributes?.(delivery) ?? {}
    const told = Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]))
    const letter: Delivery = { ...delivery, target: deadLetterArn, attributes: { ...delivery.attributes, ...told } }
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

async function principalOf(sandbox: Sandbox, account: string, { service, sourceArn, isOwner, roleArn }: Sender): Promise<Principal> {
  if (isOwner) return { ...rootOf(account), accessKeyId: '' }
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
