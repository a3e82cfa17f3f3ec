import type { Model } from '@aws-sdk/client-api-gateway'
import { badRequest, required } from './errors'
import type { Definition } from './records'

/** @throws NotFoundException */
export function requireModel(definition: Definition, name: string | undefined): Model {
  return required(definition.models, name, `Invalid model name specified: ${name}`)
}

/** Holds a model's name and schema against AWS's rules. @throws BadRequestException */
export function checkModel({ name, schema, contentType }: Model): void {
  if (!/^[a-zA-Z0-9]+$/.test(name ?? '')) throw badRequest('Model name must be alphanumeric: ' + name)
  if (schema === undefined || schema === '' || !contentType?.includes('json')) return
  let parsed: unknown
  try {
    parsed = JSON.parse(schema)
  } catch {
    throw badRequest('Invalid model schema specified. Model schema is not valid JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw badRequest('Invalid model schema specified. Model schema must be a JSON object')
}

/** What uses a model: paths of methods. */
export function usersOfModel({ resources }: Definition, name: string): string[] {
  return Object.values(resources).flatMap(({ path, methods }) =>
    Object.entries(methods)
      .filter(([, method]) => [method, ...Object.values(method.methodResponses ?? {})].some((part) => Object.values(('requestModels' in part ? part.requestModels : (part as { responseModels?: Record<string, string> }).responseModels) ?? {}).includes(name)))
      .map(([verb]) => `${verb} ${path}`),
  )
}
