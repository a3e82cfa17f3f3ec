import { PutMethod$, type Method, type PutMethodRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { conflict, own } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { newMethod } from '../methods'
import { requireResource } from '../resource-tree'

/** Adds a method to a resource. */
export const putMethod = gatewayOperation<PutMethodRequest, Method>(PutMethod$, (call) =>
  changeApi(call, ({ definition }) => {
    const { input } = call
    const resource = requireResource(definition, input.resourceId)
    if (own(resource.methods, input.httpMethod)) throw conflict('Method already exists for this resource')
    const method = newMethod(definition, input)
    resource.methods[input.httpMethod!] = method
    return method
  }),
)
