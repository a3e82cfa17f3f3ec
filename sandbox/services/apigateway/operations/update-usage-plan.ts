import { UpdateUsagePlan$, type ApiStage, type ThrottleSettings, type UpdateUsagePlanRequest, type UsagePlan } from '@aws-sdk/client-api-gateway'
import { describeUsagePlan } from '../describe'
import { conflict, notFound, own, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, choice, number, optionalText, readNumber, text, type PatchRules } from '../patch'
import type { UsagePlanRecord } from '../records'
import { changeUsagePlan, checkUsagePlan, readApiStage, readThrottle } from '../usage-plans'

const rate = { isWhole: false }
const rules: PatchRules<UsagePlanRecord> = {
  '/name': text('name'),
  '/description': text('description'),
  '/productCode': optionalText('productCode'),
  '/throttle': { ops: ['remove'], apply: (plan) => void delete plan.throttle },
  '/throttle/rateLimit': number(['throttle', 'rateLimit'], rate),
  '/throttle/burstLimit': number(['throttle', 'burstLimit']),
  '/quota': { ops: ['remove'], apply: (plan) => void delete plan.quota },
  '/quota/limit': number(['quota', 'limit']),
  '/quota/offset': number(['quota', 'offset']),
  '/quota/period': choice(['quota', 'period'], ['DAY', 'WEEK', 'MONTH']),
  '/apiStages': {
    ops: ['add', 'remove'],
    apply(plan, value, _keys, op) {
      const wanted = readApiStage(value)
      const others = plan.apiStages.filter(({ apiId, stage }) => apiId !== wanted.apiId || stage !== wanted.stage)
      if (op === 'add' && others.length < plan.apiStages.length) throw conflict('API Stage already exists in this usage plan')
      plan.apiStages = op === 'add' ? [...others, wanted] : others
    },
  },
  '/apiStages/{stage}/throttle': { ops: ['replace', 'remove'], apply: setStageThrottle },
  '/apiStages/{stage}/throttle/{method}': { ops: ['remove'], apply: (plan, _value, keys) => limitMethod(plan, keys, undefined) },
  '/apiStages/{stage}/throttle/{method}/rateLimit': { ops: ['add', 'replace'], apply: (plan, value, keys) => limitMethod(plan, keys, { rateLimit: readNumber(value, 'rateLimit', rate) }) },
  '/apiStages/{stage}/throttle/{method}/burstLimit': { ops: ['add', 'replace'], apply: (plan, value, keys) => limitMethod(plan, keys, { burstLimit: readNumber(value, 'burstLimit') }) },
}

/** Changes a usage plan: its stages, its throttling, its quota, the throttling of single methods. */
export const updateUsagePlan = gatewayOperation<UpdateUsagePlanRequest, UsagePlan>(UpdateUsagePlan$, (call) =>
  changeUsagePlan(call, async (plan) => {
    applyPatch(plan, call.input.patchOperations, rules)
    await checkUsagePlan(call, plan)
    return describeUsagePlan(plan)
  }),
)

/** Takes away, or gives as JSON, the throttling of all methods of a stage. */
function setStageThrottle(plan: UsagePlanRecord, value: string, [name]: string[], op: string): void {
  const stage = stageOf(plan, name!)
  if (op === 'remove') delete stage.throttle
  else stage.throttle = readThrottle(value)
}

/** Limits one method (`/pets/GET`) of a stage, or no longer. */
function limitMethod(plan: UsagePlanRecord, [name, method]: string[], limit: ThrottleSettings | undefined): void {
  const stage = stageOf(plan, name!)
  const others = without(stage.throttle ?? {}, method!)
  stage.throttle = limit ? { ...others, [method!]: { ...own(stage.throttle, method), ...limit } } : others
}

function stageOf(plan: UsagePlanRecord, name: string): ApiStage {
  const wanted = readApiStage(name)
  const found = plan.apiStages.find(({ apiId, stage }) => apiId === wanted.apiId && stage === wanted.stage)
  if (!found) throw notFound(`API Stage not found: ${name}`)
  return found
}
