import { RecursiveInvocationException } from '@aws-sdk/client-lambda'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { Timetable } from '../../timetable'
import type { Acting } from './act-as'
import { deliver } from './destinations'
import type { InvokeResult } from './engine/types'
import { findConfig, type EventInvokeConfig } from './event-invoke'
import { countMishap, type Mishap } from './function-metrics'
import { findFunction, resolveQualifier } from './functions'
import { functionArn, type FunctionName } from './names'
import { asyncEvents, type AsyncEvent } from './records'
import { nextTrace } from './recursion'
import { routeInvocation, runFunction } from './run-function'

/** Lambda tries again after one minute, then after two (Lambda developer guide, "How Lambda handles errors"). */
const RETRY_AFTER_MS = [60_000, 120_000]
const RETRIES = 2
const OLDEST_S = 6 * 3600
const FIRST_REFUSAL_MS = 1000
const LONGEST_REFUSAL_MS = 300_000
const LONGEST_ERROR_MESSAGE = 1024

type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded'
type Outcome = { kind: 'done' | 'failed'; result: InvokeResult } | { kind: 'refused' | 'gone' | 'looped'; result?: undefined }

/**
 * The queue of asynchronous invocations. What it accepts is written first, runs at least once, again after a function error,
 * and is found again after a restart. How it ended goes to the function's destinations and dead letter queue.
 */
export class AsyncEvents {
  readonly #timetable: Timetable

  constructor(
    private readonly sandbox: Sandbox,
    private readonly retryAfterMs: number[] = RETRY_AFTER_MS,
  ) {
    this.#timetable = new Timetable(sandbox.clock, (scope, key) => this.#run(scope, key))
  }

  /** Takes up what an earlier run of the sandbox accepted. */
  async resume(): Promise<void> {
    for (const scope of await this.sandbox.store.scopes(asyncEvents, '')) {
      for (const { key, value } of await this.sandbox.store.list(asyncEvents, scope)) this.#timetable.set(scope, key, value.notBefore)
    }
  }

  /** Writes an invocation; once this resolves it will run. */
  async accept(event: Omit<AsyncEvent, 'acceptedAt' | 'failures' | 'refusals' | 'notBefore'>): Promise<void> {
    const now = this.sandbox.clock.now(event.account)
    const accepted: AsyncEvent = { ...event, acceptedAt: now, failures: 0, refusals: 0, notBefore: now }
    const key = `${String(now).padStart(15, '0')}-${event.requestId}`
    await this.sandbox.store.put(asyncEvents, scopeOf(event), key, accepted)
    this.#timetable.set(scopeOf(event), key, now)
  }

  /** Stops starting runs and waits for those at work to be written down. */
  async close(): Promise<void> {
    await this.#timetable.close()
  }

  async #run(scope: string, key: string): Promise<void> {
    const event = await this.sandbox.store.get(asyncEvents, scope, key)
    if (!event) return
    const config = await findConfig(this.sandbox, nameOf(event))
    const endsAt = event.acceptedAt + (config?.maximumAge ?? OLDEST_S) * 1000
    const isTooOld = this.sandbox.clock.now(event.account) > endsAt
    const outcome: Outcome = isTooOld ? { kind: 'refused' } : await this.#try(event)
    // A run that the closing sandbox cut short has not come to its end.
    if (this.#timetable.isClosed && outcome.kind !== 'done') return
    if (outcome.kind === 'failed') event.failures += 1
    if (outcome.kind === 'refused') event.refusals += 1
    const isGivenUp = outcome.kind === 'looped' || (outcome.kind === 'failed' && event.failures > (config?.retryAttempts ?? RETRIES))
    const condition = outcome.kind === 'done' ? 'Success' : isGivenUp ? 'RetriesExhausted' : undefined
    const next = this.sandbox.clock.now(event.account) + this.#waitAfter(event, outcome)
    const end = condition ?? (next > endsAt ? 'EventAgeExceeded' : undefined)
    if (outcome.kind === 'gone' || end !== undefined) {
      // Told first: a crash in between runs and tells it once more, but never leaves it untold.
      if (end !== undefined && outcome.kind !== 'gone') await this.#tell(event, config, end, outcome.result)
      await this.sandbox.store.delete(asyncEvents, scope, key)
      return
    }
    event.notBefore = next
    await this.sandbox.store.put(asyncEvents, scope, key, event)
    this.#timetable.set(scope, key, next)
  }

  #waitAfter(event: AsyncEvent, { kind }: Outcome): number {
    if (kind === 'refused') return Math.min(FIRST_REFUSAL_MS * 2 ** (event.refusals - 1), LONGEST_REFUSAL_MS)
    return this.retryAfterMs[event.failures - 1] ?? 0
  }

  async #try(event: AsyncEvent): Promise<Outcome> {
    const name = nameOf(event)
    const record = await findFunction(this.sandbox, name)
    if (!record) return { kind: 'gone' }
    try {
      const { version, alias } = resolveQualifier(record, name)
      const result = await runFunction(this.sandbox, record, routeInvocation(record, version, alias?.weights), {
        requestId: event.requestId,
        payload: Buffer.from(event.payload, 'base64'),
        invokedArn: event.invokedArn,
        ...(event.clientContext === undefined ? {} : { clientContext: event.clientContext }),
        ...(event.traceHeader === undefined ? {} : { traceId: event.traceHeader }),
      })
      return { kind: result.functionError ? 'failed' : 'done', result }
    } catch (error) {
      if (error instanceof RecursiveInvocationException) return { kind: 'looped' }
      return { kind: (error as Error).name === 'ResourceNotFoundException' ? 'gone' : 'refused' }
    }
  }

  /** Hands how it ended to whom the function names. What cannot be handed over is lost, as on AWS. */
  async #tell(event: AsyncEvent, config: EventInvokeConfig | undefined, condition: Condition, result: InvokeResult | undefined): Promise<void> {
    const name = nameOf(event)
    const record = await findFunction(this.sandbox, name)
    if (!record) return
    const { settings } = resolveQualifier(record, name).version
    const trace = nextTrace(record, event.traceHeader, settings, this.sandbox.clock.now(event.account))
    const acting: Acting = { account: event.account, region: event.region, functionName: event.functionName, roleArn: settings.role }
    const destination = condition === 'Success' ? config?.onSuccess : config?.onFailure
    const outgoing = { isSuccess: condition === 'Success', folder: `async/${event.functionName}`, trace }
    const told: Promise<void>[] = []
    const lost = (mishap: Mishap) => () => countMishap(this.sandbox, record, mishap)
    if (destination) told.push(deliver(this.sandbox, acting, destination, { ...outgoing, body: JSON.stringify(this.#recordOf(event, condition, result)) }).catch(lost('DestinationDeliveryFailures')))
    if (condition !== 'Success' && settings.deadLetterTarget) {
      const body = Buffer.from(event.payload, 'base64').toString('utf8')
      told.push(deliver(this.sandbox, acting, settings.deadLetterTarget, { ...outgoing, body, attributes: deadLetterAttributes(event, result) }).catch(lost('DeadLetterErrors')))
    }
    await Promise.all(told)
  }

  /** Lambda developer guide, "Capturing records of Lambda asynchronous invocations". */
  #recordOf(event: AsyncEvent, condition: Condition, result: InvokeResult | undefined) {
    const isSuccess = condition === 'Success'
    return {
      version: '1.0',
      timestamp: new Date(this.sandbox.clock.now(event.account)).toISOString(),
      requestContext: {
        requestId: event.requestId,
        functionArn: functionArn({ ...nameOf(event), qualifier: event.qualifier ?? '$LATEST' }),
        condition,
        approximateInvokeCount: event.failures + (isSuccess ? 1 : 0),
      },
      requestPayload: parsed(Buffer.from(event.payload, 'base64')),
      ...(result
        ? {
            responseContext: { statusCode: 200, executedVersion: result.executedVersion, ...(result.functionError ? { functionError: result.functionError } : {}) },
            responsePayload: parsed(result.payload),
          }
        : {}),
    }
  }
}

/** Lambda developer guide, "Adding a dead-letter queue": what comes beside the event. */
function deadLetterAttributes(event: AsyncEvent, result: InvokeResult | undefined) {
  const message = (result && (parsed(result.payload) as { errorMessage?: string } | null)?.errorMessage) || 'The event was not processed in time.'
  return {
    RequestID: { DataType: 'String', StringValue: event.requestId },
    ErrorCode: { DataType: 'Number', StringValue: result ? '200' : '429' },
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, LONGEST_ERROR_MESSAGE) },
  }
}

function parsed(json: Buffer): unknown {
  return json.length === 0 ? null : JSON.parse(json.toString('utf8'))
}

function nameOf({ account, region, functionName, qualifier }: AsyncEvent): FunctionName {
  return { account, region, name: functionName, ...(qualifier === undefined ? {} : { qualifier }) }
}
