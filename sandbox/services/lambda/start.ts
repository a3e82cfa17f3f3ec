import { join } from 'node:path'
import { inAccount } from '../../clock'
import type { Sandbox, SandboxOptions } from '../../sandbox'
import { ACCOUNT_CONCURRENCY } from './account-limits'
import { AsyncEvents } from './async-events'
import { collectAllCode } from './code'
import { Engine } from './engine/index'
import { EventSources } from './event-sources'
import { assumeExecutionRole } from './execution-role'
import { resumeProvisioned } from './provisioned-concurrency'
import { FunctionLogs } from './write-logs'

/** As long as Lambda's own credentials live; the engine ends an environment before they do. */
const CREDENTIAL_SECONDS = 12 * 3600

/**
 * Completes a sandbox with what runs functions.
 * @returns the sandbox; `resume` takes up what a restart interrupted, once the sandbox listens;
 * `close` ends all handlers and delivers their logs
 */
export function startLambda(base: Omit<Sandbox, 'engine' | 'asyncEvents' | 'eventSources'>, options: SandboxOptions) {
  const engine = new Engine({
    dataDir: join(base.dataDir, 'lambda'),
    isolation: options.isolation ?? 'auto',
    endpoint: base.url,
    accountConcurrency: ACCOUNT_CONCURRENCY,
    now: (account) => base.clock.now(account),
    credentials: (roleArn, account, functionArn) => assumeExecutionRole(inAccount(sandbox, account), { account, roleArn, functionArn, seconds: CREDENTIAL_SECONDS }),
    log: (target, events) => logs.write(target, events),
  })
  const sandbox: Sandbox = { ...base, engine, get asyncEvents() { return asyncEvents }, get eventSources() { return eventSources } }
  const asyncEvents = new AsyncEvents(sandbox, options.asyncRetryMs)
  const eventSources = new EventSources(sandbox)
  const logs = new FunctionLogs(sandbox)
  return {
    sandbox,
    async resume() {
      // Nobody waits for the tidying; a sandbox that closes meanwhile goes on with it at its next start.
      void collectAllCode(sandbox).catch(() => {})
      await asyncEvents.resume()
      await resumeProvisioned(sandbox)
      await eventSources.resume()
    },
    async close() {
      // The queues stop first, so that a run which the engine cuts short is not taken for a failure.
      const ended = Promise.all([asyncEvents.close(), eventSources.close()])
      await engine.close()
      await ended
    },
  }
}
