import type { StaticOperationSchema } from '@smithy/types'
import type { Service } from '../../../operation'
import { readBySchema } from '../read-input'
import constraints from './constraints.json' with { type: 'json' }

/** Reads the input of an operation on streams. */
export function readStreams(schema: StaticOperationSchema) {
  return readBySchema(schema, constraints as NonNullable<Service['constraints']>)
}
