import { DeleteVpcLink$, type DeleteVpcLinkRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { listApis, lockGateway } from '../apis'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { methodsOf } from '../methods'
import { vpcLinks } from '../records'
import { requireVpcLink } from '../vpc-links'

/** Deletes a VPC link that no method calls through. */
export const deleteVpcLink = gatewayOperation<DeleteVpcLinkRequest, object>(DeleteVpcLink$, (call) =>
  lockGateway(call, async () => {
    const { id } = await requireVpcLink(call)
    const users = (await listApis(call.sandbox, call)).filter(({ definition }) => methodsOf(definition).some(({ methodIntegration }) => methodIntegration?.connectionId === id))
    if (users.length > 0) throw badRequest(`Cannot delete vpc link. Vpc link '${id}', is referenced in [${users.map((api) => api.id).join(', ')}]`)
    await call.sandbox.store.delete(vpcLinks, scopeOf(call), id)
    return {}
  }),
)
