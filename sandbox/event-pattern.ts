import { BlockList, isIP } from 'node:net'

/** A pattern in EventBridge's form: fields with the values or comparisons that they may have. */
export type EventPattern = { [field: string]: EventPattern | unknown[] }

type Test = (value: unknown) => boolean

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

/**
 * Parses a pattern.
 * @throws Error that says what is wrong with it
 */
export function parseEventPattern(text: string): EventPattern {
  let pattern: unknown
  try {
    pattern = JSON.parse(text)
  } catch {
    throw new Error('The pattern is not JSON')
  }
  if (!isObject(pattern)) throw new Error('Filter is not an object')
  check(pattern)
  return pattern as EventPattern
}

/** Tells whether a value has all that the pattern asks for (EventBridge user guide, "Comparison operators for use in event patterns"). */
export function matchesPattern(pattern: EventPattern, value: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (isAlternatives(field, wanted)) return wanted.some((one) => matchesPattern(one, value))
    const found = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined
    // Of a list of objects one that has all of it is enough.
    if (!Array.isArray(wanted)) return Array.isArray(found) ? found.flat(Infinity).some((one) => matchesPattern(wanted, one)) : matchesPattern(wanted, found)
    // A list matches where one of its elements does.
    const candidates = Array.isArray(found) ? found.flat(Infinity) : [found]
    return wanted.some((rule) => {
      const test = testOf(rule)
      return isObject(rule) && 'exists' in rule ? test(found) : candidates.some(test)
    })
  })
}

/** A field may be named `$or` as well: it is the operator where it holds a list of two or more objects that name fields. */
function isAlternatives(field: string, wanted: unknown): wanted is EventPattern[] {
  return field === '$or' && Array.isArray(wanted) && wanted.length >= 2 && wanted.every((one) => isObject(one) && !Object.keys(one).some((key) => Object.hasOwn(OPERATORS, key)))
}

interface Operator {
  /** What is wrong with its argument, if anything. */
  check(argument: any): boolean
  test(argument: any): Test
}

const isCaseless = (value: unknown) => isObject(value) && Object.keys(value).length === 1 && isText(value['equals-ignore-case'])
const isTextOrTexts = (value: unknown) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}
const LARGEST_NUMBER = 5e9

const OPERATORS: Record<string, Operator> = {
  exists: {
    check: (wanted) => typeof wanted === 'boolean',
    test: (wanted) => (value) => (value !== undefined && !isObject(value)) === wanted,
  },
  prefix: partOperator((text, part) => text.startsWith(part)),
  suffix: partOperator((text, part) => text.endsWith(part)),
  'equals-ignore-case': {
    check: isText,
    test: (wanted: string) => (value) => isText(value) && value.toLowerCase() === wanted.toLowerCase(),
  },
  wildcard: {
    check: (wanted) => isText(wanted) && wildcard(wanted) !== undefined,
    test: (wanted: string) => {
      const form = wildcard(wanted)!
      return (value) => isText(value) && form.test(value)
    },
  },
  cidr: {
    check: (wanted) => isText(wanted) && block(wanted) !== undefined,
    test: (wanted: string) => {
      const range = block(wanted)!
      return (value) => isText(value) && isIP(value) !== 0 && range.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4')
    },
  },
  numeric: {
    check: (wanted) => Array.isArray(wanted) && (wanted.length === 2 || wanted.length === 4) && wanted.every((one, i) => (i % 2 === 0 ? Object.hasOwn(COMPARISONS, one) : isNumber(one))),
    test: (wanted: (string | number)[]) => (value) =>
      typeof value === 'number' && wanted.every((comparison, i) => i % 2 === 1 || COMPARISONS[comparison]!(value, wanted[i + 1] as number)),
  },
  'anything-but': {
    check: (refused) =>
      isObject(refused)
        ? Object.entries(refused).length === 1 && Object.entries(refused).every(([kind, one]) => REFUSABLE.includes(kind) && isTextOrTexts(one) && [one].flat().every((part) => OPERATORS[kind]!.check(part)))
        : [refused].flat().length > 0 && [refused].flat().every((one) => isText(one) || typeof one === 'number'),
    test: (refused) => {
      const [[kind, parts] = []] = isObject(refused) ? Object.entries(refused) : []
      const tests = kind === undefined ? [refused].flat().map(testOf) : [parts].flat().map((part) => OPERATORS[kind]!.test(part))
      return (value) => value !== undefined && !tests.some((test) => test(value))
    },
  },
}
/** What `anything-but` can hold beside values. */
const REFUSABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard']

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_NUMBER
}

function partOperator(has: (text: string, part: string) => boolean): Operator {
  return {
    check: (part) => isText(part) || isCaseless(part),
    test: (part: string | { 'equals-ignore-case': string }) => {
      if (isText(part)) return (value) => isText(value) && has(value, part)
      const lower = part['equals-ignore-case'].toLowerCase()
      return (value) => isText(value) && has(value.toLowerCase(), lower)
    },
  }
}

/** `*` is any text, `\*` and `\\` are themselves; two stars in a row are refused, as AWS does. */
function wildcard(pattern: string): { test(text: string): boolean } | undefined {
  const parts: string[] = ['']
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!
    if (char === '\\') {
      const next = pattern[++i]
      if (next !== '*' && next !== '\\') return undefined
      parts[parts.length - 1] += next
    } else if (char === '*') {
      if (pattern[i + 1] === '*') return undefined
      parts.push('')
    } else parts[parts.length - 1] += char
  }
  // The parts in their order, each as early as it can be: no backtracking, whatever the pattern.
  const [first, ...rest] = parts as [string, ...string[]]
  const last = rest.pop()
  return {
    test(text) {
      if (last === undefined) return text === first
      if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
      const end = text.length - last.length
      let at = first.length
      for (const part of rest) {
        const found = text.indexOf(part, at)
        if (found < 0 || found + part.length > end) return false
        at = found + part.length
      }
      return true
    },
  }
}

function block(cidr: string): BlockList | undefined {
  const [address = '', bits, ...more] = cidr.split('/')
  const version = isIP(address)
  const most = version === 6 ? 128 : 32
  if (version === 0 || more.length > 0 || bits === undefined || !/^\d+$/.test(bits) || Number(bits) > most) return undefined
  const list = new BlockList()
  list.addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4')
  return list
}

function testOf(rule: unknown): Test {
  if (!isObject(rule)) return (value) => value === rule
  const [kind, argument] = Object.entries(rule)[0] as [string, unknown]
  return OPERATORS[kind]!.test(argument)
}

function check(pattern: Record<string, unknown>): void {
  for (const [field, wanted] of Object.entries(pattern)) {
    if (isAlternatives(field, wanted)) {
      for (const one of wanted) {
        if (Object.keys(one).length === 0) throw new Error('Empty objects are not allowed')
        check(one)
      }
    } else if (isObject(wanted)) {
      if (Object.keys(wanted).length === 0) throw new Error('Empty objects are not allowed')
      check(wanted)
    } else if (!Array.isArray(wanted)) throw new Error(`"${field}" must be an object or an array`)
    else if (wanted.length === 0) throw new Error('Empty arrays are not allowed')
    else for (const rule of wanted) checkRule(rule, field)
  }
}

function checkRule(rule: unknown, field: string): void {
  if (Array.isArray(rule)) throw new Error('Match value must be String, number, true, false, or null')
  if (!isObject(rule)) return
  const [[kind, argument] = [], ...more] = Object.entries(rule)
  if (kind === undefined || !Object.hasOwn(OPERATORS, kind)) throw new Error(`Unrecognized match type ${kind ?? ''}`.trim())
  if (more.length > 0) throw new Error('Only one key allowed in match expression')
  if (!OPERATORS[kind]!.check(argument)) throw new Error(`The value of ${kind} in "${field}" is not valid`)
}
