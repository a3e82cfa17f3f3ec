import { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../../errors'
import type { Service } from '../../operation'
import { readJson } from '../../protocol/read'
import { validate } from '../../protocol/validate'
import { badRequest } from '../apigateway/errors'
import type { Part } from '../apigateway/openapi-document'
import constraints from './constraints.json' with { type: 'json' }

/**
 * Reads a part of a document as the API itself would take it, by the SDK's schema: their names are the same.
 * @throws BadRequestException where a value has the wrong type or breaks a limit
 */
export function readPart<T>(schema: unknown, part: Part): T {
  const shape = NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0])
  try {
    const value = readJson(shape, part)
    validate({ constraints: constraints as Service['constraints'] & object }, shape, value)
    return value as T
  } catch (error) {
    if (error instanceof AwsError) throw badRequest(error.message)
    throw error
  }
}
