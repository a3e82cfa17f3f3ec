import { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../errors'
import type { Constraint, Service } from '../operation'
import { join } from './read'

const patterns = new Map<string, RegExp>()

/**
 * Holds an input against what AWS's model demands: required members, lengths, ranges, patterns, enums.
 * @throws AwsError with AWS's wording for all that is wrong at once: `2 validation errors detected: Value …`
 */
export function validate(service: Pick<Service, 'constraints' | 'validationCode'>, schema: NormalizedSchema, input: unknown): void {
  const problems: string[] = []
  checkStructure(service.constraints ?? {}, schema, input as Record<string, unknown>, '', problems)
  if (problems.length === 0) return
  const count = `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected: `
  throw new AwsError(service.validationCode ?? 'ValidationException', count + problems.join('; '))
}

type Constraints = Record<string, Constraint>

function checkStructure(all: Constraints, schema: NormalizedSchema, value: Record<string, unknown>, path: string, problems: string[]): void {
  const required = requiredMembers(schema)
  for (const [name, member] of schema.structIterator()) {
    const here = join(path, name)
    if (value[name] === undefined) {
      if (required.has(name)) problems.push(broken('null', here, 'Member must not be null'))
      continue
    }
    check(all, `${schema.getName()}.${name}`, member, value[name], here, problems)
  }
}

function check(all: Constraints, key: string, schema: NormalizedSchema, value: any, path: string, problems: string[]): void {
  const rule = all[key]
  if (rule) checkRule(rule, schema, value, path, problems)
  if (schema.isStructSchema()) checkStructure(all, schema, value, path, problems)
  else if (schema.isListSchema()) {
    const member = schema.getValueSchema()
    ;(value as unknown[]).forEach((item, i) => checkItem(all, `${key}[]`, member, item, `${path}.${i + 1}.member`, problems))
  } else if (schema.isMapSchema()) {
    const member = schema.getValueSchema()
    const keyRule = all[`${key}{key}`]
    for (const [name, item] of Object.entries(value as object)) {
      if (keyRule) checkRule(keyRule, schema.getKeySchema(), name, path, problems)
      checkItem(all, `${key}{}`, member, item, `${path}.${name}.member`, problems)
    }
  }
}

/** Lists and maps of AWS's models hold no null. */
function checkItem(all: Constraints, key: string, schema: NormalizedSchema, value: unknown, path: string, problems: string[]): void {
  if (value === undefined) problems.push(broken('null', path, 'Member must not be null'))
  else check(all, key, schema, value, path, problems)
}

function checkRule(rule: Constraint, schema: NormalizedSchema, value: any, path: string, problems: string[]): void {
  if (value instanceof Uint8Array && rule.max === undefined) return
  const isNumber = typeof value === 'number'
  const size: number | undefined = isNumber ? value : value.length ?? (typeof value === 'object' ? Object.keys(value).length : undefined)
  const shown = typeof value === 'string' || isNumber ? String(value) : schema.isBlobSchema() ? 'java.nio.HeapByteBuffer' : JSON.stringify(value)
  if (size !== undefined) {
    const measure = isNumber ? 'value' : 'length'
    const than = (word: string, limit: number) => `Member must have ${measure} ${word} than or equal to ${limit}`
    if (rule.min !== undefined && size < rule.min) problems.push(broken(shown, path, than('greater', rule.min)))
    if (rule.max !== undefined && size > rule.max) problems.push(broken(shown, path, than('less', rule.max)))
  }
  if (rule.pattern !== undefined && typeof value === 'string' && !wholePattern(rule.pattern).test(value)) {
    problems.push(broken(shown, path, `Member must satisfy regular expression pattern: ${rule.pattern}`))
  }
  if (rule.enum !== undefined && !rule.enum.includes(value)) {
    problems.push(broken(shown, path, `Member must satisfy enum value set: [${rule.enum.join(', ')}]`))
  }
}

function broken(shown: string, path: string, constraint: string): string {
  return `Value '${shown.slice(0, 1024)}' at '${path}' failed to satisfy constraint: ${constraint}`.replace("Value 'null'", 'Value null')
}

function wholePattern(pattern: string): RegExp {
  let compiled = patterns.get(pattern)
  if (!compiled) {
    // AWS's patterns match the whole value; only the ones with Unicode classes are written for the u flag.
    compiled = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'su' : 's')
    patterns.set(pattern, compiled)
  }
  return compiled
}

/** The SDK's structures list their required members first and say how many there are (seventh element). */
export function requiredMembers(schema: NormalizedSchema): Set<string> {
  const struct = schema.getSchema() as unknown as [number, string, string, unknown, string[], unknown[], number?]
  return new Set(struct[4]?.slice(0, struct[6] ?? 0))
}
