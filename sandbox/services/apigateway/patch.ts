import type { PatchOperation } from '@aws-sdk/client-api-gateway'
import { badRequest } from './errors'

type Op = 'add' | 'remove' | 'replace' | 'copy'

/** What may be done at a path, and how. `keys` are the values of the path's `{…}` segments; for `copy` the value is the path copied from. */
export interface PatchRule<T> {
  ops: Op[]
  apply(target: T, value: string, keys: string[], op: Op): void
}

/** Rules by path template: `/variables/{name}`. */
export type PatchRules<T> = Record<string, PatchRule<T>>

/**
 * Applies patch operations in their order; alters the target (API Gateway API reference, PatchOperation).
 * In paths `~1` stands for a slash and `~0` for a tilde.
 * @throws BadRequestException for a path or an operation that the rules do not know, or a value of the wrong kind
 */
export function applyPatch<T>(target: T, operations: PatchOperation[] | undefined, rules: PatchRules<T>): void {
  for (const { op, path = '', from, value: given } of operations ?? []) {
    const value = op === 'copy' ? from : given
    const found = findRule(rules, path)
    if (!found || !found.rule.ops.includes(op as Op)) {
      const known = Object.entries(rules).filter(([, rule]) => rule.ops.includes(op as Op)).map(([template]) => template)
      throw badRequest(`Invalid patch path '${path}' specified for op '${op}'. Must be one of: [${known.join(', ')}]`)
    }
    // What is added to a list may be named in the path alone.
    if (op !== 'remove' && op !== 'add' && value === undefined) throw badRequest(`Invalid null or empty value in ${path}`)
    found.rule.apply(target, value ?? '', found.keys, op as Op)
  }
}

function findRule<T>(rules: PatchRules<T>, path: string): { rule: PatchRule<T>; keys: string[] } | undefined {
  const segments = path.split('/')
  // Rules are tried in their order, so that a literal goes before a label.
  for (const [template, rule] of Object.entries(rules)) {
    const wanted = template.split('/')
    if (wanted.length !== segments.length) continue
    const keys: string[] = []
    const matches = wanted.every((part, i) => {
      const isLabel = part.startsWith('{')
      if (isLabel) keys.push(segments[i]!.replaceAll('~1', '/').replaceAll('~0', '~'))
      return isLabel ? segments[i] !== '' : part === segments[i]
    })
    if (matches) return { rule, keys }
  }
  return undefined
}

/** A text that is always there. */
export function text<T>(...at: string[]): PatchRule<T> {
  return { ops: ['replace'], apply: (target, value) => set(target, at, value) }
}

/** A text that may be taken away. */
export function optionalText<T>(...at: string[]): PatchRule<T> {
  return { ops: ['add', 'replace', 'remove'], apply: (target, value, _keys, op) => set(target, at, op === 'remove' ? undefined : value) }
}

/** `true` or `false`. */
export function flag<T>(...at: string[]): PatchRule<T> {
  return {
    ops: ['replace'],
    apply(target, value) {
      if (!/^(true|false)$/i.test(value)) throw badRequest(`Invalid boolean value '${value}' specified for ${at.at(-1)}`)
      set(target, at, value.toLowerCase() === 'true')
    },
  }
}

/** A number, held within bounds. */
export function number<T>(at: string[], { min = 0, max = Number.MAX_SAFE_INTEGER, isWhole = true } = {}): PatchRule<T> {
  return { ops: ['replace'], apply: (target, value) => set(target, at, readNumber(value, at.at(-1)!, { min, max, isWhole })) }
}

/** Reads a number from a patch's value. @throws BadRequestException */
export function readNumber(value: string, name: string, { min = 0, max = Number.MAX_SAFE_INTEGER, isWhole = true } = {}): number {
  const read = Number(value)
  if (value.trim() === '' || !Number.isFinite(read) || (isWhole && !Number.isInteger(read))) throw badRequest(`Invalid value '${value}' specified for ${name}: not a number`)
  if (read < min || read > max) throw badRequest(`Invalid value '${value}' specified for ${name}: must be between ${min} and ${max}`)
  return read
}

/** One of these words. */
export function choice<T>(at: string[], words: string[]): PatchRule<T> {
  return {
    ops: ['replace'],
    apply(target, value) {
      if (!words.includes(value)) throw badRequest(`Invalid value '${value}' specified for ${at.at(-1)}. Must be one of: [${words.join(', ')}]`)
      set(target, at, value)
    },
  }
}

/** A list whose items are named in the path: `/binaryMediaTypes/{type}`. */
export function listByPath<T>(...at: string[]): PatchRule<T> {
  return {
    ops: ['add', 'remove', 'replace'],
    apply(target, value, keys, op) {
      const items = new Set(get(target, at) as string[] | undefined)
      const name = keys.at(-1)!
      if (op === 'replace') items.add(value)
      if (op === 'add') items.add(name)
      else items.delete(name)
      set(target, at, [...items])
    },
  }
}

/** A list whose items are given as values: `/providerARNs`. */
export function listByValue<T>(...at: string[]): PatchRule<T> {
  return {
    ops: ['add', 'remove'],
    apply(target, value, _keys, op) {
      const items = new Set(get(target, at) as string[] | undefined)
      if (op === 'add') items.add(value)
      else items.delete(value)
      set(target, at, [...items])
    },
  }
}

/** A map whose keys are in the path: `/variables/{name}`. */
export function map<T>(at: string[], read: (value: string) => unknown = (value) => value): PatchRule<T> {
  return {
    ops: ['add', 'replace', 'remove'],
    apply(target, value, keys, op) {
      const name = keys.at(-1)!
      const { [name]: _, ...others } = (get(target, at) ?? {}) as Record<string, unknown>
      set(target, at, op === 'remove' ? others : { ...others, [name]: read(value) })
    },
  }
}

/** Reads `true` or `false` from a patch's value. */
export function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true'
}

function get(target: unknown, at: string[]): unknown {
  return at.reduce((value: any, name) => value?.[name], target)
}

/** Names of the path are the program's own, never a caller's. */
function set(target: unknown, at: string[], value: unknown): void {
  const holder = at.slice(0, -1).reduce((inner: any, name) => (inner[name] ??= {}), target)
  if (value === undefined) delete holder[at.at(-1)!]
  else holder[at.at(-1)!] = value
}
