import { UpdateResource$, type Resource, type UpdateResourceRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeResource } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'
import { moveResource, requireResource } from '../resource-tree'

/** Renames a resource or puts it below another. */
export const updateResource = gatewayOperation<UpdateResourceRequest, Resource>(UpdateResource$, (call) =>
  changeApi(call, ({ definition }) => {
    const resource = requireResource(definition, call.input.resourceId)
    const to: { parentId?: string; pathPart?: string } = {}
    applyPatch(to, call.input.patchOperations, { '/pathPart': text('pathPart'), '/parentId': text('parentId') })
    moveResource(definition, resource, to)
    return describeResource(resource)
  }),
)
