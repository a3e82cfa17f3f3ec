import { GetDomainNames$, type GetDomainNamesRequest, type GetDomainNamesResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { describeDomain, listDomains } from '../domain-names'
import { pageOf } from '../paging'

/** Lists the custom domain names of the account. */
export const getDomainNames = gatewayOperation<GetDomainNamesRequest, GetDomainNamesResponse>(GetDomainNames$, async (call) => pageOf((await listDomains(call)).map(describeDomain), ({ DomainName }) => DomainName!, call.input))
