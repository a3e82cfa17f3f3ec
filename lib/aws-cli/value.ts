import type { NormalizedSchema } from '@smithy/core/schema'

const PLAIN_KEY = /^[A-Za-z0-9_.#/:-]+$/
/** What the CLI's shorthand reads back unchanged without any quoting of its own. */
const PLAIN_VALUE = /^[A-Za-z0-9_./:@+-]+$/

/**
 * A structure or map as the CLI's shorthand, `Variables={STAGE=dev,REGION=x}`.
 * @returns undefined where the shorthand could not carry it unchanged: JSON is the way then
 */
export function shorthand(schema: NormalizedSchema, value: unknown): string | undefined {
  const pairs = Object.entries(value as object).filter(([, item]) => item !== undefined)
  if (pairs.length === 0) return undefined
  const words = pairs.map(([key, item]) => {
    const inner = schema.isMapSchema() ? schema.getValueSchema() : schema.getMemberSchema(key)
    const text = nested(inner, item)
    return text === undefined || !PLAIN_KEY.test(key) ? undefined : `${key}=${text}`
  })
  return words.includes(undefined) ? undefined : words.join(',')
}

function nested(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.isListSchema()) {
    const items = (value as unknown[]).map((item) => nested(schema.getValueSchema(), item))
    return items.length === 0 || items.includes(undefined) ? undefined : `[${items.join(',')}]`
  }
  if (schema.isStructSchema() || schema.isMapSchema()) {
    const inner = shorthand(schema, value)
    return inner === undefined ? undefined : `{${inner}}`
  }
  if (value instanceof Uint8Array || value instanceof Date) return undefined
  const text = String(value)
  return PLAIN_VALUE.test(text) ? text : undefined
}

/** A value as the JSON that the CLI takes; bytes inside it have no such form. @throws TypeError for bytes */
export function json(value: unknown): string {
  return JSON.stringify(value, (name, item) => {
    if (item instanceof Uint8Array) throw new TypeError(`The AWS CLI has no text for the bytes of ${name}.`)
    return item
  })
}
