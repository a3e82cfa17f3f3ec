import { NormalizedSchema } from '@smithy/core/schema'
import type { Constraint, Operation, Service } from './operation'

/** Texts of which one fits most of AWS's patterns. */
const TEXTS = ['none', 'none.none', '/none', '123456789012', 'arn:aws:iam::111122223333:role/none', 'arn:aws:lambda:us-east-1:111122223333:function:none', '0123456789abcdef0123', '00000000-0000-0000-0000-000000000000', 'AAAAAAAAAAAAAAAAAAAAAAAA', 'none:none', 'rate(1 minute)', 'none.fifo', '{}']

/**
 * The least input that an operation takes, from the SDK's schema and AWS's constraints: its required members, each with a value that fits.
 * @param known values of its own members by name, also of optional ones, where what fits the model does not do
 */
export function minimalInput(service: Service, operation: Operation, known: Record<string, unknown>): Record<string, unknown> {
  return structure(service.constraints ?? {}, NormalizedSchema.of(operation.schema[4]), known)
}

function structure(all: Record<string, Constraint>, schema: NormalizedSchema, known: Record<string, unknown>): Record<string, unknown> {
  if (!schema.isStructSchema()) return {}
  const shape = schema.getSchema() as unknown as [number, string, string, unknown, string[], unknown[], number?]
  const required = new Set(shape[4]?.slice(0, shape[6] ?? 0))
  const members = [...schema.structIterator()].filter(([name, member]) => required.has(name) || name in known || member.getMergedTraits().httpLabel)
  return Object.fromEntries(members.map(([name, member]) => [name, name in known ? known[name] : value(all, `${schema.getName()}.${name}`, member)]))
}

function value(all: Record<string, Constraint>, key: string, schema: NormalizedSchema): unknown {
  const rule = all[key] ?? {}
  if (schema.isStructSchema()) return structure(all, schema, {})
  if (schema.isListSchema()) return Array.from({ length: rule.min ?? 1 }, () => value(all, `${key}[]`, schema.getValueSchema()))
  if (schema.isMapSchema()) return { [text(all[`${key}{key}`] ?? {})]: value(all, `${key}{}`, schema.getValueSchema()) }
  if (schema.isBooleanSchema()) return false
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return rule.min ?? 1
  if (schema.isTimestampSchema()) return new Date('2026-01-01T00:00:00Z')
  if (schema.isBlobSchema()) return Buffer.from('{}')
  return text(rule)
}

function text({ enum: words, min = 1, max = Infinity, pattern = '.*' }: Constraint): string {
  if (words) return words[0]!
  const whole = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'su' : 's')
  const longer = TEXTS.flatMap((one) => [one, one.padEnd(min, 'a').slice(0, max), one.padEnd(min, '0').slice(0, max)])
  return longer.find((one) => one.length >= min && one.length <= max && whole.test(one)) ?? 'none'.padEnd(min, 'a')
}
