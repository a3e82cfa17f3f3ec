import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { AwsError } from '../../errors'
import type { Service } from '../../operation'
import { readJson } from '../../protocol/read'
import { validate } from '../../protocol/validate'
import constraints from './constraints.json' with { type: 'json' }
import { check, validation } from './dynalite'
import { namedTable } from './names'

type Struct = [number, string, string, unknown, string[], unknown[], number?]
type Rules = NonNullable<Service['constraints']>
type Reader = (body: Record<string, unknown>) => any

/** Reads a body by the SDK's schema and AWS's constraints, and gives it back as the wire's JSON. */
export function readBySchema(schema: StaticOperationSchema, rules: Rules = constraints): Reader {
  const shape = NormalizedSchema.of(schema[4])
  return (body) => bySchema(shape, namedTable(bounded(body)), rules)
}

/**
 * Reads a body by dynalite's checks, and what they do not know by the schema.
 * @param checks the name of dynalite's operation, or checks made out of it
 */
export function readChecked(schema: StaticOperationSchema, checks: string | ReturnType<typeof validation>): Reader {
  const known = typeof checks === 'string' ? validation(checks) : checks
  const rest = NormalizedSchema.of(without(NormalizedSchema.of(schema[4]).getSchema() as unknown as Struct, Object.keys(known.types)) as never)
  return (body) => {
    const named = namedTable(bounded(body))
    const checked = check(known, named)
    return Object.assign(checked, bySchema(rest, named, constraints))
  }
}

/** Attributes nest 32 deep (DynamoDB developer guide, "Quotas"): each level is a type and what it holds, and the request is around them. */
const DEEPEST = 2 * 32 + 8
/** 4 KB, in the same place. */
const LARGEST_EXPRESSION = 4096

/** Sees to it that a body can be read and its expressions parsed without end. @throws AwsError ValidationException */
export function bounded(body: Record<string, unknown>): Record<string, unknown> {
  requireShallow(body, DEEPEST)
  for (const [name, text] of Object.entries(body)) {
    const size = name.endsWith('Expression') && typeof text === 'string' ? Buffer.byteLength(text) : 0
    if (size > LARGEST_EXPRESSION) throw new AwsError('ValidationException', `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`)
  }
  return body
}

function requireShallow(value: unknown, deepest: number): void {
  if (value === null || typeof value !== 'object') return
  if (deepest === 0) throw new AwsError('ValidationException', 'Nesting Levels have exceeded supported limits')
  for (const inner of Object.values(value)) requireShallow(inner, deepest - 1)
}

function bySchema(shape: NormalizedSchema, body: Record<string, unknown>, rules: Rules): Record<string, unknown> {
  const input = readJson(shape, body) as Record<string, unknown>
  validate({ constraints: rules } as Service, shape, input)
  const { TableArn } = body
  return { ...(toWire(input) as Record<string, unknown>), ...(TableArn === undefined ? {} : { TableArn }) }
}

/** A structure's schema without some of its members; the required ones stand first in it, and are counted last. */
function without([kind, namespace, name, traits, names, members, required = 0]: Struct, gone: string[]): Struct {
  const kept = names.map((_, i) => i).filter((i) => !gone.includes(names[i]!))
  return [kind, namespace, name, traits, kept.map((i) => names[i]!), kept.map((i) => members[i]), kept.filter((i) => i < required).length]
}

function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(toWire)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toWire(item)]))
}
