import Ajv04 from 'ajv-draft-04'
import type { ValidateFunction } from 'ajv'
import { own } from '../../services/apigateway/errors'
import { flattenedSchema } from '../../services/apigateway/model-schemas'
import type { Definition } from '../../services/apigateway/records'
import { lastValue } from '../pairs'
import type { Exchange } from './exchange'
import { GatewayError, misconfigured } from './gateway-error'
import { withinTime } from '../within-time'
import { readSource } from './sources'

/** Holds a request against the method's validator: required parameters, the body's model. @throws GatewayError 400 in AWS's words */
export function validateRequest(exchange: Exchange): void {
  const { definition, method } = exchange
  const validator = own(definition.requestValidators, method.requestValidatorId)
  if (validator?.validateRequestParameters) checkParameters(exchange)
  if (validator?.validateRequestBody) checkBody(exchange)
}

function checkParameters(exchange: Exchange): void {
  const { requestParameters = {} } = exchange.method
  const missing = Object.entries(requestParameters)
    .filter(([name, isRequired]) => isRequired && !readSource(exchange, name)?.length)
    .map(([name]) => name.split('.').slice(3).join('.'))
  if (missing.length > 0) throw new GatewayError('BAD_REQUEST_PARAMETERS', { message: `Missing required request parameters: [${missing.join(', ')}]` })
}

function checkBody({ definition, method, headers, body, log }: Exchange): void {
  const { requestModels = {} } = method
  const type = (lastValue(headers, 'content-type', true) ?? 'application/json').split(';')[0]!.trim().toLowerCase()
  const name = own(requestModels, type) ?? own(requestModels, '$default')
  const model = own(definition.models, name)
  if (name === undefined || !model?.schema) return
  const validate = validatorOf(definition, name)
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new GatewayError('BAD_REQUEST_BODY', { validation: '[Invalid JSON]', cause: `Request body does not match model schema for content type ${type}: [Invalid JSON]` })
  }
  if (isValid(validate, value, name)) return
  const problems = `[${(validate.errors ?? []).map(({ instancePath, message }) => `${instancePath === '' ? 'object' : instancePath} ${message}`).join(', ')}]`
  log(`Request body does not match model schema for content type ${type}: ${problems}`, 'error')
  throw new GatewayError('BAD_REQUEST_BODY', { validation: problems })
}

/** @throws GatewayError where a pattern of the model takes too long */
function isValid(validate: ValidateFunction, value: unknown, name: string): boolean {
  try {
    return withinTime(() => validate(value) as boolean)
  } catch {
    throw misconfigured(`the model ${name} takes too long to hold a body against`)
  }
}

const validators = new WeakMap<Definition, Map<string, ValidateFunction>>()

function validatorOf(definition: Definition, name: string): ValidateFunction {
  let known = validators.get(definition)
  if (!known) validators.set(definition, (known = new Map()))
  let validate = known.get(name)
  if (!validate) known.set(name, (validate = compile(definition, name)))
  return validate
}

/** @throws GatewayError where the model is no schema */
function compile(definition: Definition, name: string): ValidateFunction {
  try {
    const { $schema: _, id: _id, ...schema } = JSON.parse(flattenedSchema(definition, definition.models[name]!))
    // What AWS's validator passes over, such as unknown formats and keywords, must not be an error here.
    return new (Ajv04 as any)({ strict: false, allErrors: true, validateFormats: false, logger: false }).compile(schema)
  } catch (error) {
    throw misconfigured(`the model ${name} is no JSON schema: ${(error as Error).message}`)
  }
}
