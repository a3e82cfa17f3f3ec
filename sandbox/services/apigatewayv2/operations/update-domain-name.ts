import { UpdateDomainName$, type UpdateDomainNameRequest, type UpdateDomainNameResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeDomain, checkedConfiguration, checkSettings, describeDomain } from '../domain-names'

/** Changes the configuration of a custom domain name, such as its certificate. */
export const updateDomainName = gatewayOperation<UpdateDomainNameRequest, UpdateDomainNameResponse>(UpdateDomainName$, (call) =>
  changeDomain(call, (domain) => {
    checkSettings(call.input)
    domain.configuration = checkedConfiguration(call, { ...domain.configuration, ...call.input.DomainNameConfigurations?.[0] })
    return describeDomain(domain)
  }),
)
