import type { CreateDomainNameRequest, DomainName, EndpointType } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { changeDomain, checkedDomain, keepNewDomain, requireDomain, type DomainRecord } from '../apigatewayv2/domain-names'
import { badRequest } from './errors'
import { resourceArn } from './gateway-operation'
import { newId } from './ids'
import { holdQuota, QUOTAS } from './quotas'
import { checkedTags } from './tags'

/** The hosted zone of CloudFront, and that of API Gateway in us-east-1; here they lead nowhere. */
const EDGE_ZONE = 'Z2FDTNDATAQYW2'
const REGIONAL_ZONE = 'Z1UJRXOUMOOFQ8'

/** Writes a new custom domain name. HTTP APIs know the same ones. @throws BadRequestException, ConflictException for a name that is taken, LimitExceededException */
export async function addCustomDomain(call: Call, input: CreateDomainNameRequest): Promise<DomainRecord> {
  const name = checkedDomain(input.domainName!)
  if (input.mutualTlsAuthentication) throw badRequest('Mutual TLS is not supported: this sandbox speaks no TLS.')
  if (input.routingMode !== undefined && input.routingMode !== 'BASE_PATH_MAPPING_ONLY') throw badRequest('Routing rules are not supported: the routing mode must be BASE_PATH_MAPPING_ONLY.')
  const types = input.endpointConfiguration?.types ?? ['EDGE']
  if (types.length !== 1) throw badRequest('Only one endpoint type is allowed.')
  const domain: DomainRecord = {
    name,
    account: call.account,
    region: call.region,
    createdAt: new Date(call.sandbox.now()).toISOString(),
    tags: checkedTags(input.tags),
    configuration: {
      ...endpointOf(call, types[0]!),
      CertificateArn: checkedCertificate(call, types[0]!, input),
      SecurityPolicy: (input.securityPolicy ?? 'TLS_1_2') as 'TLS_1_2',
      IpAddressType: input.endpointConfiguration?.ipAddressType ?? 'ipv4',
      DomainNameStatus: 'AVAILABLE',
    },
    mappings: {},
  }
  return keepNewDomain(call, domain, (others) => holdQuota(others + 1, QUOTAS.domainNames, 'domain names for this account'))
}

/** Where a domain of that kind is reached on AWS. @throws BadRequestException for a private one */
export function endpointOf({ region }: Call, type: EndpointType): Pick<DomainRecord['configuration'], 'EndpointType' | 'ApiGatewayDomainName' | 'HostedZoneId'> {
  if (type === 'PRIVATE') throw badRequest('Private custom domain names are not supported: there are no VPC endpoints in this sandbox.')
  const isEdge = type === 'EDGE'
  return { EndpointType: type, ApiGatewayDomainName: isEdge ? `d${newId(10)}.cloudfront.net` : `d-${newId(10)}.execute-api.${region}.amazonaws.com`, HostedZoneId: isEdge ? EDGE_ZONE : REGIONAL_ZONE }
}

/** The certificate's ARN, which no one looks behind. @throws BadRequestException where it is none, or of a region that is not the domain's */
export function checkedCertificate({ region }: Call, type: EndpointType, { certificateArn, regionalCertificateArn }: Pick<CreateDomainNameRequest, 'certificateArn' | 'regionalCertificateArn'>): string {
  const isEdge = type === 'EDGE'
  const [arn, where] = isEdge ? [certificateArn, 'us-east-1'] : [regionalCertificateArn, region]
  if (arn === undefined) throw badRequest(`${isEdge ? 'A certificate ARN (certificateArn)' : 'A regional certificate ARN (regionalCertificateArn)'} must be specified for an ${type} domain name.`)
  if (!new RegExp(`^arn:aws[\\w-]*:acm:${where}:\\d{12}:certificate/\\S+$`).test(arn)) throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${where}'.`)
  return arn
}

/** The custom domain name that a call names. @throws NotFoundException */
export function requireCustomDomain(call: Call): Promise<DomainRecord> {
  return requireDomain(naming(call))
}

/** Changes the custom domain name that a call names. @throws NotFoundException, and what `change` throws */
export function changeCustomDomain<T>(call: Call, change: (domain: DomainRecord) => T | Promise<T>): Promise<T> {
  return changeDomain(naming(call), change)
}

/** The call in the words of HTTP APIs. */
export function naming(call: Call): Call {
  return { ...call, input: { DomainName: call.input.domainName } }
}

/** A custom domain name as REST APIs show it. */
export function describeCustomDomain(domain: DomainRecord): DomainName {
  const { EndpointType: type, CertificateArn, ApiGatewayDomainName, HostedZoneId, SecurityPolicy, IpAddressType, DomainNameStatus } = domain.configuration
  const of = type === 'EDGE' ? { certificateArn: CertificateArn, distributionDomainName: ApiGatewayDomainName, distributionHostedZoneId: HostedZoneId } : { regionalCertificateArn: CertificateArn, regionalDomainName: ApiGatewayDomainName, regionalHostedZoneId: HostedZoneId }
  return {
    domainName: domain.name,
    domainNameArn: resourceArn(domain, `/domainnames/${domain.name}`),
    ...of,
    endpointConfiguration: { types: [type as EndpointType], ipAddressType: IpAddressType },
    domainNameStatus: DomainNameStatus as DomainName['domainNameStatus'],
    securityPolicy: SecurityPolicy,
    ...(Object.keys(domain.tags).length > 0 ? { tags: domain.tags } : {}),
    routingMode: 'BASE_PATH_MAPPING_ONLY',
  }
}
