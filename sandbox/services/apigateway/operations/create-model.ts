import { CreateModel$, type CreateModelRequest, type Model } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { conflict, own } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'
import { checkModel } from '../models'

/** Adds a model: a JSON schema (draft 4) under a name. */
export const createModel = gatewayOperation<CreateModelRequest, Model>(CreateModel$, (call) =>
  changeApi(call, ({ definition }) => {
    const { name, description, schema, contentType } = call.input
    const model: Model = { id: newId(6), name, ...(description === undefined ? {} : { description }), ...(schema === undefined ? {} : { schema }), contentType }
    checkModel(model)
    if (own(definition.models, name)) throw conflict('Model name already exists for this REST API')
    definition.models[name!] = model
    return model
  }),
)
