import { CreateDomainName$, type CreateDomainNameRequest, type DomainName } from '@aws-sdk/client-api-gateway'
import { addCustomDomain, describeCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'

/** Adds a custom domain name, under which deployed APIs answer once they are mapped; no certificate is looked at. */
export const createDomainName = gatewayOperation<CreateDomainNameRequest, DomainName>(CreateDomainName$, async (call) => describeCustomDomain(await addCustomDomain(call, call.input as CreateDomainNameRequest)))
