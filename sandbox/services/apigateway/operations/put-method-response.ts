import { PutMethodResponse$, type MethodResponse, type PutMethodResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { conflict, own } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { checkModels, checkResponseParameters, requireMethod } from '../methods'

/** Declares a status that a method may answer with. */
export const putMethodResponse = gatewayOperation<PutMethodResponseRequest, MethodResponse>(PutMethodResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const { statusCode, responseParameters, responseModels } = call.input
    const method = requireMethod(definition, call.input)
    if (own(method.methodResponses, statusCode)) throw conflict('Response already exists for this resource')
    checkResponseParameters(responseParameters)
    checkModels(definition, responseModels)
    const response: MethodResponse = { statusCode, ...(responseParameters ? { responseParameters } : {}), ...(responseModels ? { responseModels } : {}) }
    method.methodResponses = { ...method.methodResponses, [statusCode!]: response }
    return response
  }),
)
