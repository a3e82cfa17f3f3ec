import { GetDomainName$, type DomainName, type GetDomainNameRequest } from '@aws-sdk/client-api-gateway'
import { describeCustomDomain, requireCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'

/** Shows a custom domain name. */
export const getDomainName = gatewayOperation<GetDomainNameRequest, DomainName>(GetDomainName$, async (call) => describeCustomDomain(await requireCustomDomain(call)))
