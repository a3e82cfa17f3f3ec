import { CloudUnavailable } from '@/lib/cloud/errors'
import type { CloudClients, ServiceName } from '@/lib/cloud/clients'
import { saysDenied, saysGone, saysUnknown } from './if-there'
import type { Edge, EdgeKind, Failure, Resource } from './index'

/** Calls under way at once: more would only queue up at the endpoint. */
const AT_ONCE = 16

/** One look over an account: asks its services and gathers what they answer. */
export class Look {
  readonly resources = new Map<string, Resource>()
  readonly edges = new Map<string, Edge>()
  private readonly failed = new Map<string, Failure & { unknown: boolean }>()
  /** The resources that a role's policies allow something on, as patterns of ARNs, by the role's ARN. */
  readonly named = new Map<string, string[]>()
  /** Services that answered something. */
  private readonly answered = new Set<ServiceName>()
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    readonly clients: CloudClients,
    readonly accountId: string,
    readonly region: string,
  ) {}

  /** Keeps a resource. One without an ARN cannot be named by anything else and is left out. */
  add(resource: Omit<Resource, 'arn' | 'facts'> & { arn: string | undefined; facts?: Record<string, string | number | undefined> }): void {
    const { arn, facts = {}, createdAt, state, ...rest } = resource
    if (arn === undefined) return
    const known = Object.entries(facts).filter((fact): fact is [string, string | number] => fact[1] !== undefined && fact[1] !== '')
    this.resources.set(arn, { ...rest, arn, ...(createdAt && { createdAt }), ...(state && { state }), facts: Object.fromEntries(known) })
  }

  /** Connects two ARNs. What does not exist in the account drops out at the end. */
  link(from: string | undefined, to: string | undefined, kind: EdgeKind): void {
    if (from === undefined || to === undefined) return
    const edge = { from: withoutQualifier(from), to: withoutQualifier(to), kind }
    if (edge.from !== edge.to) this.edges.set(`${kind} ${edge.from} ${edge.to}`, edge)
  }

  /** Sends one call, few at a time. Undefined where it failed: that is noted and the rest goes on. @throws CloudUnavailable */
  async ask<T>(service: ServiceName, call: () => Promise<T>): Promise<T | undefined> {
    if (this.running >= AT_ONCE) await new Promise<void>((go) => this.waiting.push(go))
    this.running += 1
    try {
      const answer = await call()
      this.answered.add(service)
      return answer
    } catch (error) {
      if (error instanceof CloudUnavailable) throw error
      this.note(service, error as Error)
      return undefined
    } finally {
      this.running -= 1
      this.waiting.shift()?.()
    }
  }

  /** All items of a paginated list, as far as it could be read. */
  async all<Page, Item>(service: ServiceName, pages: () => AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined): Promise<Item[]> {
    const found: Item[] = []
    await this.ask(service, async () => {
      for await (const page of pages()) found.push(...(items(page) ?? []))
    })
    return found
  }

  /** What went wrong. A single operation that a service does not have at this backend is no failure: it holds nothing of that kind. */
  failures(): Failure[] {
    return [...this.failed.values()].filter(({ unknown, service }) => !unknown || !this.answered.has(service)).map(({ service, denied, message }) => ({ service, denied, message }))
  }

  private note(service: ServiceName, error: Error): void {
    // It was in a list and is gone at the next look, or it is a part that was never set.
    if (saysGone(error)) return
    const denied = saysDenied(error)
    const message = `${error.name}: ${error.message}`
    this.failed.set(`${service} ${message}`, { service, denied, message, unknown: saysUnknown(error) })
  }
}

/** A function's ARN without version or alias, a log group's without `:*`; others stay. */
export function withoutQualifier(arn: string): string {
  return arn.replace(/^(arn:aws[a-z-]*:lambda:[^:]*:\d{12}:function:[^:]+):.+$/, '$1').replace(/^(arn:aws[a-z-]*:logs:.+):\*$/, '$1')
}
