import { GetModelTemplate$, type GetModelTemplateRequest, type Template } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { templateOf } from '../model-schemas'
import { requireModel } from '../models'

/** A mapping template that passes on what the model describes. */
export const getModelTemplate = gatewayOperation<GetModelTemplateRequest, Template>(GetModelTemplate$, async (call) => {
  const { definition } = await requireApi(call)
  const model = requireModel(definition, call.input.modelName)
  return { value: templateOf(model) }
})
