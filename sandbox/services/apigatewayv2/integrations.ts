import type { Integration } from '@aws-sdk/client-apigatewayv2'
import type { Call } from '../../operation'
import { passRole } from './pass-role'
import { badRequest, required } from '../apigateway/errors'
import { checkRequestParameters, checkResponseParameters } from './parameters'
import type { HttpApiRecord } from './records'
import { checkSubtype } from './subtypes'
import { requireLink } from './vpc-links'

const DEFAULT_TIMEOUT_MS = 30_000
const METHOD = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)$/
const FUNCTION = /^arn:aws[\w-]*:lambda:[\w-]+:(\d{12}|\$\{stageVariables\.\w+\}):function:\S+$/
const INVOCATION = /^arn:aws[\w-]*:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(\S+)\/invocations$/

/** @throws NotFoundException */
export function requireIntegration(api: HttpApiRecord, id: string | undefined): Integration {
  return required(api.definition.integrations, id, `Invalid Integration identifier specified ${id}`)
}

/** An integration with AWS's defaults, its role passed. @throws BadRequestException */
export async function checkedIntegration(call: Call, given: Integration): Promise<Integration> {
  const type = given.IntegrationType
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY') throw badRequest(`Integration type ${type} is not supported for HTTP protocol APIs: only AWS_PROXY and HTTP_PROXY are.`)
  if (given.ConnectionType === 'VPC_LINK') await checkLink(call, given)
  if (given.IntegrationSubtype) return checkedServiceCall(call, given)
  if (!given.IntegrationUri) throw badRequest('IntegrationUri is a required parameter for integration')
  const version = given.PayloadFormatVersion
  if (version === undefined) throw badRequest('PayloadFormatVersion is a required parameter for integration')
  if (type === 'AWS_PROXY') {
    if (version !== '1.0' && version !== '2.0') throw badRequest(`PayloadFormatVersion ${version} is not supported: use 1.0 or 2.0.`)
    if (functionOf(given.IntegrationUri) === undefined) throw badRequest(`Invalid function ARN or invalid uri: ${given.IntegrationUri}`)
    if ((given.IntegrationMethod ?? 'POST') !== 'POST') throw badRequest('HTTP method of a Lambda integration must be POST')
  } else {
    if (version !== '1.0') throw badRequest('PayloadFormatVersion of an HTTP_PROXY integration must be 1.0')
    if (given.ConnectionType !== 'VPC_LINK' && !/^(https?:\/\/|\$\{stageVariables\.)/.test(given.IntegrationUri)) throw badRequest(`Invalid HTTP endpoint specified for URI: ${given.IntegrationUri}`)
    if (given.IntegrationMethod === undefined) throw badRequest('IntegrationMethod is a required parameter for HTTP_PROXY integrations')
    if (!METHOD.test(given.IntegrationMethod)) throw badRequest(`Invalid HTTP method specified: ${given.IntegrationMethod}`)
  }
  checkRequestParameters(given.RequestParameters)
  checkResponseParameters(given.ResponseParameters)
  if (given.CredentialsArn) await passRole(call, given.CredentialsArn)
  return { ...given, ...(type === 'AWS_PROXY' ? { IntegrationMethod: 'POST' } : {}), ConnectionType: given.ConnectionType ?? 'INTERNET', TimeoutInMillis: given.TimeoutInMillis ?? DEFAULT_TIMEOUT_MS }
}

/** A private integration leads through a VPC link to a load balancer's listener or a service of Cloud Map. */
async function checkLink(call: Call, { IntegrationType, IntegrationUri = '', ConnectionId }: Integration): Promise<void> {
  if (IntegrationType !== 'HTTP_PROXY') throw badRequest('VPC_LINK is supported for HTTP_PROXY integrations only')
  if (ConnectionId === undefined) throw badRequest('ConnectionId is a required parameter for connection type VPC_LINK')
  await requireLink(call, ConnectionId)
  if (!/^arn:aws[\w-]*:(elasticloadbalancing:[\w-]+:\d{12}:listener\/\S+|servicediscovery:[\w-]+:\d{12}:service\/\S+)$/.test(IntegrationUri)) throw badRequest(`Invalid IntegrationUri for connection type VPC_LINK: ${IntegrationUri}. It must be the ARN of a listener or of a Cloud Map service.`)
}

/** An integration that calls an AWS service directly. */
async function checkedServiceCall(call: Call, given: Integration): Promise<Integration> {
  if (given.IntegrationType !== 'AWS_PROXY') throw badRequest('IntegrationSubtype is supported for AWS_PROXY integrations only')
  if (given.IntegrationUri || given.IntegrationMethod) throw badRequest('IntegrationUri and IntegrationMethod are not supported for integrations with an IntegrationSubtype')
  if (given.PayloadFormatVersion !== '1.0') throw badRequest('PayloadFormatVersion of an integration with an IntegrationSubtype must be 1.0')
  if (!given.CredentialsArn) throw badRequest('CredentialsArn is a required parameter for an integration with an IntegrationSubtype')
  checkSubtype(given.IntegrationSubtype!, given.RequestParameters)
  checkResponseParameters(given.ResponseParameters)
  await passRole(call, given.CredentialsArn)
  return { ...given, ConnectionType: 'INTERNET', TimeoutInMillis: given.TimeoutInMillis ?? DEFAULT_TIMEOUT_MS }
}

/** ARN of the function that a URI names, either by itself or as the path of its invocation; undefined where it names none. */
export function functionOf(uri: string): string | undefined {
  const arn = INVOCATION.exec(uri)?.[1] ?? uri
  return FUNCTION.test(arn) || /^\$\{stageVariables\.\w+\}$/.test(arn) ? arn : undefined
}
