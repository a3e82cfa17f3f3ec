import { UpdateModel$, type Model, type UpdateModelRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkModel, requireModel } from '../models'
import { applyPatch, text } from '../patch'

/** Changes a model's description or schema. */
export const updateModel = gatewayOperation<UpdateModelRequest, Model>(UpdateModel$, (call) =>
  changeApi(call, ({ definition }) => {
    const model = requireModel(definition, call.input.modelName)
    applyPatch(model, call.input.patchOperations, { '/description': text('description'), '/schema': text('schema') })
    checkModel(model)
    return model
  }),
)
