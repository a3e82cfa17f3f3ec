import { CreateResource$, type CreateResourceRequest, type Resource } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeResource } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { addResource } from '../resource-tree'

/** Adds a resource to the path tree. */
export const createResource = gatewayOperation<CreateResourceRequest, Resource>(CreateResource$, (call) =>
  changeApi(call, ({ definition }) => describeResource(addResource(definition, call.input.parentId!, call.input.pathPart!))),
)
