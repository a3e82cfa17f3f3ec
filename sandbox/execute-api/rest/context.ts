import type { RestApiRecord } from '../../services/apigateway/records'

/** What `$context` is made of. */
export interface ContextParts {
  requestId: string
  extendedRequestId: string
  api: RestApiRecord
  stageName: string
  deploymentId: string
  /** Stage and path. */
  path: string
  httpMethod: string
  domainName: string
  sourceIp: string
  userAgent: string | null
  /** Epoch ms. */
  now: number
  /** Given only where the stage has a canary. */
  isCanary?: boolean
  /** Given only where the stage is traced. */
  xrayTraceId?: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `$context` of a request (API Gateway developer guide, "Variables for data transformations"). */
export function contextOf({ requestId, extendedRequestId, api, stageName, deploymentId, path, httpMethod, domainName, sourceIp, userAgent, now, isCanary, xrayTraceId }: ContextParts): Record<string, any> {
  return {
    resourceId: '',
    resourcePath: '',
    httpMethod,
    extendedRequestId,
    requestTime: requestTime(now),
    path,
    accountId: api.account,
    protocol: 'HTTP/1.1',
    stage: stageName,
    domainPrefix: domainName.split('.')[0],
    requestTimeEpoch: now,
    requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent,
      user: null,
    },
    domainName,
    deploymentId,
    apiId: api.id,
    ...(isCanary === undefined ? {} : { isCanaryRequest: isCanary }),
    ...(xrayTraceId === undefined ? {} : { xrayTraceId }),
    requestOverride: { header: {}, querystring: {}, path: {} },
    responseOverride: { header: {} },
  }
}

/** `09/Apr/2015:12:34:56 +0000` */
function requestTime(at: number): string {
  const date = new Date(at)
  return `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
