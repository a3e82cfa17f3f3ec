import { randomUUID } from 'node:crypto'
import { recordCall } from '../../audit'
import { AccessDenied, authorize } from '../../authorize'
import { inAccount } from '../../clock'
import type { Call, Operation, Principal } from '../../operation'
import { describeError } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { globalContext } from '../iam/global-context'
import { services } from '../index'
import { createLogGroup } from '../logs/operations/create-log-group'
import { createLogStream } from '../logs/operations/create-log-stream'
import { putLogEvents } from '../logs/operations/put-log-events'
import type { LogEvent, LogTarget } from './engine/types'
import { executionPrincipal } from './execution-role'
import { nameOfArn } from './names'

const service = services.find(({ name }) => name === 'logs')!
const USER_AGENT = 'lambda.amazonaws.com'
const MOST_REMEMBERED = 10_000

/** Writes functions' logs to CloudWatch Logs as their roles: what IAM does not allow is not written. */
export class FunctionLogs {
  /** Streams made by this process. */
  readonly #made = new Set<string>()
  /** Environments and actions whose denial is in the trail already: one entry tells as much as a thousand. */
  readonly #told = new Set<string>()

  constructor(private readonly sandbox: Sandbox) {}

  /**
   * Appends events to an environment's stream; makes stream and group where they are missing.
   * @throws AccessDenied where the role lacks a permission; the audit trail then explains which
   */
  async write(target: LogTarget, batch: LogEvent[]): Promise<void> {
    const { account, roleArn, logGroup: logGroupName, logStream: logStreamName } = target
    const ahead = this.sandbox.clock.aheadBy(account)
    const logEvents = inOrder(batch).map(({ timestamp, message }) => ({ timestamp: timestamp + ahead, message }))
    const principal = { ...(await executionPrincipal(this.sandbox, account, roleArn, nameOfArn(target.functionArn))), accessKeyId: '' }
    const put = () => this.#call(target, principal, putLogEvents, { logGroupName, logStreamName, logEvents })
    const create = () => this.#call(target, principal, createLogStream, { logGroupName, logStreamName })
    const createGroup = () => orElse(() => this.#call(target, principal, createLogGroup, { logGroupName }))
    const createBoth = () => orElse(create, () => createGroup().then(create))
    const stream = `${target.functionArn} ${logGroupName}:${logStreamName}`
    if (!this.#made.has(stream)) await createBoth()
    remember(this.#made, stream)
    // The stream may have been deleted since.
    await orElse(put, () => createBoth().then(put))
  }

  async #call(target: LogTarget, principal: Principal, operation: Operation, input: object): Promise<void> {
    const sandbox = inAccount(this.sandbox, target.account)
    const call: Call = {
      input,
      account: target.account,
      region: target.region,
      principal,
      requestId: randomUUID(),
      userAgent: USER_AGENT,
      sourceIp: USER_AGENT,
      sandbox,
      authorize: () => Promise.resolve(),
      signal: new AbortController().signal,
    }
    try {
      const resource = (await operation.resource(call)) as string
      const context = { ...globalContext(sandbox, call, resource), ...(await operation.context?.(call)) }
      await authorize(sandbox, { principal, action: `logs:${operation.name}`, resource, resourceAccount: target.account, context })
      await operation.run(call)
      // CloudTrail does not record PutLogEvents either.
      if (operation !== putLogEvents) await recordCall(sandbox, service, operation, call, { output: null })
    } catch (error) {
      if (error instanceof AccessDenied) await this.#tell(target, operation, call, error)
      throw error
    }
  }

  async #tell(target: LogTarget, operation: Operation, call: Call, denied: AccessDenied): Promise<void> {
    const denial = `${target.functionArn} ${target.logStream} ${operation.name}`
    if (this.#told.has(denial)) return
    remember(this.#told, denial)
    // The lines themselves have no place in the trail.
    const { logEvents: _lines, ...input } = call.input
    await recordCall(this.sandbox, service, operation, { ...call, input }, { error: describeError(service, denied), explanation: denied.decision.explanation })
  }
}

function remember(set: Set<string>, item: string): void {
  if (set.size >= MOST_REMEMBERED) set.clear()
  set.add(item)
}

/** Runs `first`; where what it needs is missing runs `make` instead, and is content where what it makes is there. */
async function orElse(first: () => Promise<void>, make?: () => Promise<void>): Promise<void> {
  try {
    await first()
  } catch (error) {
    const name = (error as Error).name
    if (name === 'ResourceAlreadyExistsException') return
    if (name !== 'ResourceNotFoundException' || !make) throw error
    await make()
  }
}

function inOrder(batch: LogEvent[]): LogEvent[] {
  return [...batch].sort((a, b) => a.timestamp - b.timestamp)
}
