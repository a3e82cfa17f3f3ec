import type { QuotaPeriodType, QuotaSettings } from '@aws-sdk/client-api-gateway'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { quotaGrants, usage } from './records'

const DAY_MS = 86_400_000

/** A plan's key in an account and region. */
export interface PlanKey {
  account: string
  region: string
  planId: string
  keyId: string
}

/** The day of a moment, in UTC: `2026-01-02`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The first day of the quota's period that a moment is in: a day, a week from Sunday, or a month; `offset` days later where one is given. */
export function periodStart(at: number, period: QuotaPeriodType, offset = 0): string {
  const date = new Date(at - offset * DAY_MS)
  if (period === 'WEEK') date.setUTCDate(date.getUTCDate() - date.getUTCDay())
  if (period === 'MONTH') date.setUTCDate(1)
  return dayOf(date.getTime() + (period === 'DAY' ? 0 : offset * DAY_MS))
}

/** Counts one request against a quota. False, and nothing counted, where the period has none left. */
export async function countRequest(sandbox: Sandbox, key: PlanKey, quota: QuotaSettings | undefined): Promise<boolean> {
  const scope = scopeOf(key)
  return sandbox.store.lock(`usage ${scope} ${key.planId} ${key.keyId}`, async () => {
    const now = sandbox.now()
    if (quota && (await remaining(sandbox, key, quota, now)) <= 0) return false
    const name = `${key.planId}/${key.keyId}/${dayOf(now)}`
    const today = (await sandbox.store.get(usage, scope, name)) ?? { used: 0 }
    await sandbox.store.put(usage, scope, name, { used: today.used + 1 })
    return true
  })
}

/** Requests that are left of the period's quota. */
export async function remaining(sandbox: Sandbox, key: PlanKey, quota: QuotaSettings, at: number): Promise<number> {
  const start = periodStart(at, quota.period!, quota.offset)
  const prefix = `${key.planId}/${key.keyId}`
  const days = await sandbox.store.list(usage, scopeOf(key), { prefix: `${prefix}/` })
  const used = days.filter(({ key: name }) => name.slice(-10) >= start && name.slice(-10) <= dayOf(at)).reduce((sum, { value }) => sum + value.used, 0)
  const grant = await sandbox.store.get(quotaGrants, scopeOf(key), prefix)
  return quota.limit! + (grant?.periodStart === start ? grant.extra : 0) - used
}

/** Sets what is left of the current period. */
export async function grant(sandbox: Sandbox, key: PlanKey, quota: QuotaSettings, left: number): Promise<void> {
  const scope = scopeOf(key)
  await sandbox.store.lock(`usage ${scope} ${key.planId} ${key.keyId}`, async () => {
    const now = sandbox.now()
    const name = `${key.planId}/${key.keyId}`
    const start = periodStart(now, quota.period!, quota.offset)
    const before = await sandbox.store.get(quotaGrants, scope, name)
    const extra = (before?.periodStart === start ? before.extra : 0) + left - (await remaining(sandbox, key, quota, now))
    await sandbox.store.put(quotaGrants, scope, name, { periodStart: start, extra })
  })
}

/** Used and left by day from one day to another, both included: `[[10, 90], …]` (API Gateway API reference, GetUsage). */
export async function dailyUsage(sandbox: Sandbox, key: PlanKey, quota: QuotaSettings | undefined, from: string, to: string): Promise<number[][]> {
  const result: number[][] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const { used } = (await sandbox.store.get(usage, scopeOf(key), `${key.planId}/${key.keyId}/${dayOf(at)}`)) ?? { used: 0 }
    result.push([used, quota ? Math.max(0, await remaining(sandbox, key, quota, at)) : 0])
  }
  return result
}
