import { UpdateDomainName$, type DomainName, type EndpointType, type UpdateDomainNameRequest } from '@aws-sdk/client-api-gateway'
import type { DomainRecord } from '../../apigatewayv2/domain-names'
import { changeCustomDomain, checkedCertificate, describeCustomDomain, endpointOf } from '../custom-domains'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, choice, text, type PatchRules } from '../patch'

const rules: PatchRules<DomainRecord & { wanted?: EndpointType }> = {
  '/certificateArn': text('configuration', 'CertificateArn'),
  '/regionalCertificateArn': text('configuration', 'CertificateArn'),
  '/securityPolicy': choice(['configuration', 'SecurityPolicy'], ['TLS_1_0', 'TLS_1_2']),
  '/endpointConfiguration/ipAddressType': choice(['configuration', 'IpAddressType'], ['ipv4', 'dualstack']),
  '/endpointConfiguration/types/{type}': choice(['wanted'], ['EDGE', 'REGIONAL']),
}

/** Changes a custom domain name: its certificate, its kind, its security policy. */
export const updateDomainName = gatewayOperation<UpdateDomainNameRequest, DomainName>(UpdateDomainName$, (call) =>
  changeCustomDomain(call, (domain: DomainRecord & { wanted?: EndpointType }) => {
    applyPatch(domain, call.input.patchOperations, rules)
    const { wanted = domain.configuration.EndpointType as EndpointType, configuration } = domain
    delete domain.wanted
    if (wanted !== configuration.EndpointType) Object.assign(configuration, endpointOf(call, wanted))
    if (configuration.CertificateArn === '') throw badRequest('A certificate ARN must be specified for a domain name.')
    checkedCertificate(call, wanted, { certificateArn: configuration.CertificateArn, regionalCertificateArn: configuration.CertificateArn })
    return describeCustomDomain(domain)
  }),
)
