import { GetModel$, type GetModelRequest, type Model } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { flattenedSchema } from '../model-schemas'
import { requireModel } from '../models'

/** Shows a model; `flatten` writes out the models that it refers to. */
export const getModel = gatewayOperation<GetModelRequest, Model>(GetModel$, async (call) => {
  const { definition } = await requireApi(call)
  const model = requireModel(definition, call.input.modelName)
  return call.input.flatten ? { ...model, schema: flattenedSchema(definition, model) } : model
})
