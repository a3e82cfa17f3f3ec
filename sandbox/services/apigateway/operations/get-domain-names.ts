import { GetDomainNames$, type DomainNames, type GetDomainNamesRequest } from '@aws-sdk/client-api-gateway'
import { listDomains } from '../../apigatewayv2/domain-names'
import { describeCustomDomain } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the custom domain names of the region. */
export const getDomainNames = gatewayOperation<GetDomainNamesRequest, DomainNames>(GetDomainNames$, async (call) => {
  const { items, position } = page(await listDomains(call), ({ name }) => name, call.input)
  return { items: items.map(describeCustomDomain), position }
})
