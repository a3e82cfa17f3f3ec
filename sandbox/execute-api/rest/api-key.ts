import type { ApiStage } from '@aws-sdk/client-api-gateway'
import { listApiKeys } from '../../services/apigateway/api-keys'
import { own } from '../../services/apigateway/errors'
import { countRequest } from '../../services/apigateway/quota'
import { usagePlans, type UsagePlanRecord } from '../../services/apigateway/records'
import { scopeOf } from '../../store'
import { lastValue } from '../pairs'
import type { Exchange } from './exchange'
import { masked } from './execution-log'
import { GatewayError } from './gateway-error'
import { takeToken } from './throttle'

/**
 * Where the method asks for an API key: it must be there, enabled, and in a usage plan that serves the stage; the plan then
 * throttles and counts it.
 * @throws GatewayError 403 Forbidden, 429 Too Many Requests or Limit Exceeded
 */
export async function checkApiKey(exchange: Exchange): Promise<void> {
  const { sandbox, api, stageName, resource, method, definition, headers, context, log } = exchange
  const value = definition.apiKeySource === 'AUTHORIZER' ? (context.usageIdentifierKey as string | undefined) : lastValue(headers, 'x-api-key', true)
  const [shown, at, stage] = [masked(value ?? ''), `'${method.httpMethod} ${resource.path}'`, `API Stage ${api.id}/${stageName}`]
  log(`Verifying Usage Plan for request: ${context.requestId}. API Key: ${shown} API Stage: ${api.id}/${stageName}`)
  if (!method.apiKeyRequired) {
    log(`API Key ${shown} authorized because method ${at} does not require API Key. Request will not contribute to throttle or quota limits`)
    log(`Usage Plan check succeeded for API Key ${shown} and ${stage}`)
    return
  }
  const refused = (why: string) => new GatewayError('INVALID_API_KEY', { cause: `API Key ${shown} not authorized because method ${at} requires API Key and ${why}` })
  const { account, region } = api
  const key = value === undefined ? undefined : (await listApiKeys({ sandbox, account, region })).find((one) => one.value === value)
  if (!key?.enabled) throw refused(value === undefined ? 'there is none in the request' : key ? 'it is not enabled' : 'there is no such key')
  const plans = (await sandbox.store.list(usagePlans, scopeOf(api))).map(({ value: plan }) => plan)
  const plan = plans.find((one) => one.keyIds.includes(key.id) && stageOf(one, api.id, stageName))
  if (!plan) {
    if (!key.stageKeys.includes(`${api.id}/${stageName}`)) throw refused(`it is not associated with a Usage Plan for ${stage}`)
  } else {
    throttleKey(exchange, plan, key.id)
    if (!(await countRequest(sandbox, { account, region, planId: plan.id, keyId: key.id }, plan.quota))) throw new GatewayError('QUOTA_EXCEEDED', { cause: `Usage Plan check failed for API Key ${shown} and ${stage}: its quota is used up` })
  }
  log(`Usage Plan check succeeded for API Key ${shown} and ${stage}`)
  Object.assign(context.identity, { apiKey: key.value, apiKeyId: key.id })
}

function stageOf({ apiStages }: UsagePlanRecord, id: string, stageName: string): ApiStage | undefined {
  return apiStages.find(({ apiId, stage }) => apiId === id && stage === stageName)
}

/** A limit of the one method goes before that of the plan. */
function throttleKey(exchange: Exchange, plan: UsagePlanRecord, keyId: string): void {
  const { api, stageName, resource, method } = exchange
  const name = `${resource.path}/${method.httpMethod}`
  const ofMethod = own(stageOf(plan, api.id, stageName)!.throttle, name)
  const throttle = ofMethod ?? plan.throttle
  if (!throttle) return
  const { rateLimit = plan.throttle?.rateLimit ?? 0, burstLimit = plan.throttle?.burstLimit ?? Math.max(1, rateLimit) } = throttle
  const bucket = ['plan', plan.id, keyId, ...(ofMethod ? [api.id, stageName, name] : [])].join('/')
  if (!takeToken(exchange, bucket, rateLimit, burstLimit)) throw new GatewayError('THROTTLED')
}
