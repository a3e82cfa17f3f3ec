import { CreateDomainName$, type CreateDomainNameRequest, type CreateDomainNameResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { addDomain, describeDomain } from '../domain-names'

/** Adds a custom domain name, under which deployed APIs answer once they are mapped; no certificate is looked at. */
export const createDomainName = gatewayOperation<CreateDomainNameRequest, CreateDomainNameResponse>(CreateDomainName$, async (call) => describeDomain(await addDomain(call, call.input as CreateDomainNameRequest)))
