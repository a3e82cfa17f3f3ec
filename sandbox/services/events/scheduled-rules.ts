import { randomUUID } from 'node:crypto'
import { nextRun, parseSchedule } from '../../schedule-expression'
import type { Sandbox } from '../../sandbox'
import { accountOf, scopeOf, type Write } from '../../store'
import { lockEvents } from './buses'
import { deliver } from './deliver'
import { ruleArn } from './names'
import { rules, type Rule } from './records'
import { keyOf, requireRule, writeOf, type RuleName } from './rules'

const ALARM = 'events'

/** When a rule's schedule is due next, epoch ms; undefined where it has none, or is disabled. */
function dueNext(sandbox: Sandbox, rule: Rule): number | undefined {
  if (rule.schedule === undefined || !rule.isEnabled) return undefined
  return nextRun(parseSchedule(rule.schedule, { at: false }), sandbox.now(), { since: rule.createdAt })
}

/** What sets the alarm of a rule that is written; {@link armRule} afterwards. Without a rule it is taken back. */
export function alarmOf(sandbox: Sandbox, name: RuleName, rule: Rule | undefined): { write: Write; arm(): void } {
  const [scope, key] = [scopeOf(name), keyOf(name)]
  const at = rule && dueNext(sandbox, rule)
  return { write: sandbox.alarms.write(ALARM, scope, key, at), arm: () => sandbox.alarms.set(ALARM, scope, key, at) }
}

/** Turns a rule on or off. @throws ResourceNotFoundException */
export async function turnRule(sandbox: Sandbox, name: RuleName, isEnabled: boolean): Promise<void> {
  await lockEvents(sandbox, name.account, async () => {
    const rule = { ...(await requireRule(sandbox, name)), isEnabled }
    const alarm = alarmOf(sandbox, name, rule)
    await sandbox.store.batch([writeOf(name, rule), alarm.write])
    alarm.arm()
  })
}

/** A rule's schedule is due: its targets get the event of it, and the next time is set. */
export async function runScheduledRule(sandbox: Sandbox, scope: string, key: string, at: number): Promise<void> {
  const account = accountOf(scope)
  await lockEvents(sandbox, account, async () => {
    const rule = await sandbox.store.get(rules, scope, key)
    const alarm = alarmOf(sandbox, rule ?? nameOf(scope, key), rule)
    const event = rule && {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: rule.account,
      time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: rule.region,
      resources: [ruleArn(rule)],
      detail: {},
    }
    await deliver(sandbox, event && rule.isEnabled ? [{ rule, event }] : [], [alarm.write])
    alarm.arm()
  })
}

function nameOf(scope: string, key: string): RuleName {
  const [account, region] = scope.split('/') as [string, string]
  const [bus, name] = [key.slice(0, key.lastIndexOf('/')), key.slice(key.lastIndexOf('/') + 1)]
  return { account, region, bus, name }
}
