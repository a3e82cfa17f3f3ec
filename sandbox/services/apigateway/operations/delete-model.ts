import { DeleteModel$, type DeleteModelRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { conflict, without } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { requireModel, usersOfModel } from '../models'

/** Deletes a model that no method uses. */
export const deleteModel = gatewayOperation<DeleteModelRequest, object>(DeleteModel$, (call) =>
  changeApi(call, ({ definition }) => {
    const { name } = requireModel(definition, call.input.modelName)
    const [user] = usersOfModel(definition, name!)
    if (user) throw conflict(`Cannot delete model '${name}', is referenced in method request or response: ${user}`)
    definition.models = without(definition.models, name!)
    return {}
  }),
)
