import { LimitExceededException } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { listApis } from './apis'
import type { RestApiRecord } from './records'

/** What AWS lets one account have in a region, or one API hold, by default (API Gateway developer guide, "Quotas for configuring and running a REST API"). */
export const QUOTAS = {
  apis: { REGIONAL: 600, EDGE: 120, PRIVATE: 600 },
  apiKeys: 10_000,
  usagePlans: 300,
  usagePlansOfKey: 10,
  methodThrottlesOfStage: 20,
  clientCertificates: 60,
  domainNames: 120,
  basePathMappings: 200,
  vpcLinks: 20,
  resources: 300,
  stages: 10,
  authorizers: 10,
  documentationParts: 2000,
  stageVariables: 100,
  tags: 50,
}

/**
 * Holds the number of what there would be against its quota.
 * @param what in the plural, with what they are counted by: `Stages for this API`
 * @throws LimitExceededException
 */
export function holdQuota(count: number, most: number, what: string): void {
  if (count <= most) return
  const message = `Maximum number of ${what} has been reached (${most}). Please contact AWS if you need additional ${what.split(' for ')[0]}.`
  throw new LimitExceededException({ message, $metadata: {} })
}

/** Whether the region has room for one more API of that kind. @throws LimitExceededException */
export async function holdApiQuota(call: Call, { endpointConfiguration }: RestApiRecord): Promise<void> {
  const type = endpointConfiguration.types![0]!
  const others = await listApis(call.sandbox, call)
  holdQuota(others.filter(({ endpointConfiguration: { types } }) => types![0] === type).length + 1, QUOTAS.apis[type], `${type} APIs for this account`)
}
