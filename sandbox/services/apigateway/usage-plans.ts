import type { ApiStage, QuotaSettings, ThrottleSettings, UsagePlanKey } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { findApi, lockGateway } from './apis'
import { badRequest, notFound, own } from './errors'
import { holdQuota, QUOTAS } from './quotas'
import { usagePlans, type ApiKeyRecord, type UsagePlanRecord } from './records'

/** @throws NotFoundException */
export async function requireUsagePlan(call: Call): Promise<UsagePlanRecord> {
  const found = await call.sandbox.store.get(usagePlans, scopeOf(call), call.input.usagePlanId)
  if (!found) throw notFound('Invalid Usage Plan ID specified')
  return found
}

/** Changes the plan that a call names: `change` gets a copy to alter, which is then written. */
export async function changeUsagePlan<T>(call: Call, change: (plan: UsagePlanRecord) => T | Promise<T>): Promise<T> {
  return lockGateway(call, async () => {
    const plan = await requireUsagePlan(call)
    const result = await change(plan)
    await call.sandbox.store.put(usagePlans, scopeOf(call), plan.id, plan)
    return result
  })
}

/** Holds a plan against AWS's rules. @throws BadRequestException, NotFoundException where a stage is not there, LimitExceededException */
export async function checkUsagePlan(call: Call, { apiStages, throttle, quota }: Pick<UsagePlanRecord, 'apiStages' | 'throttle' | 'quota'>): Promise<void> {
  for (const { apiId, stage } of apiStages) {
    const api = apiId === undefined ? undefined : await findApi(call.sandbox, call, apiId)
    if (!api || !own(api.stages, stage)) throw notFound(`API Stage not found: ${apiId}:${stage}`)
  }
  checkThrottle(throttle)
  for (const stage of apiStages) {
    const limits = Object.values(stage.throttle ?? {})
    holdQuota(limits.length, QUOTAS.methodThrottlesOfStage, 'method throttling limits for a stage of a Usage Plan')
    for (const settings of limits) checkThrottle(settings)
  }
  if (quota) checkQuota(quota)
}

/** A plan's key as AWS shows it. */
export function describePlanKey({ id, name, value }: ApiKeyRecord): UsagePlanKey {
  return { id, type: 'API_KEY', name, value }
}

/** `api:stage` of a patch's value. @throws BadRequestException */
export function readApiStage(value: string): ApiStage {
  const [apiId, stage, ...rest] = value.split(':')
  if (!apiId || !stage || rest.length > 0) throw badRequest(`Invalid API stage specified: ${value}`)
  return { apiId, stage }
}

function checkThrottle(throttle: ThrottleSettings | undefined): void {
  if (throttle && ((throttle.rateLimit ?? 0) < 0 || (throttle.burstLimit ?? 0) < 0)) throw badRequest('Usage Plan throttle limits must be 0 or greater')
}

function checkQuota({ limit, offset = 0, period }: QuotaSettings): void {
  if (period === undefined) throw badRequest('Usage Plan quota must have a period')
  if (limit === undefined || limit < 0) throw badRequest('Usage Plan quota limit must be 0 or greater')
  const most = { DAY: 0, WEEK: 6, MONTH: 27 }[period]
  if (offset < 0 || offset > most) throw badRequest(`Usage Plan quota offset must be between 0 and ${most} for the period ${period}`)
}

/** Throttling of methods as JSON: `{"/pets/GET": {"rateLimit": 1, "burstLimit": 2}}`. @throws BadRequestException */
export function readThrottle(value: string): Record<string, ThrottleSettings> {
  try {
    const parsed = JSON.parse(value) as Record<string, { rateLimit?: unknown; burstLimit?: unknown }>
    return Object.fromEntries(Object.entries(parsed).map(([method, { rateLimit, burstLimit }]) => [method, { rateLimit: Number(rateLimit ?? 0), burstLimit: Number(burstLimit ?? 0) }]))
  } catch {
    throw badRequest('Invalid throttle settings specified')
  }
}
