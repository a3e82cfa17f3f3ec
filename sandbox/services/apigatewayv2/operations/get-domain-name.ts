import { GetDomainName$, type GetDomainNameRequest, type GetDomainNameResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { describeDomain, requireDomain } from '../domain-names'

/** Shows a custom domain name. */
export const getDomainName = gatewayOperation<GetDomainNameRequest, GetDomainNameResponse>(GetDomainName$, async (call) => describeDomain(await requireDomain(call)))
