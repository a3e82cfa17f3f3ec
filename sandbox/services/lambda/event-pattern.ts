/** A pattern in EventBridge's form: fields with the values or comparisons that they may have. */
export type EventPattern = { [field: string]: EventPattern | unknown[] }

type Test = (value: unknown) => boolean

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Parses a pattern.
 * @throws Error that says what is wrong with it
 */
export function parseEventPattern(text: string): EventPattern {
  const pattern: unknown = JSON.parse(text)
  if (!isObject(pattern)) throw new Error('The pattern must be a JSON object.')
  check(pattern, '')
  return pattern as EventPattern
}

/** Tells whether a value has all that the pattern asks for (Lambda developer guide, "Filter rule syntax"). */
export function matchesPattern(pattern: EventPattern, value: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as EventPattern[]).some((one) => matchesPattern(one, value))
    const found = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined
    if (!Array.isArray(wanted)) return isObject(found) ? matchesPattern(wanted, found) : Object.values(wanted).length === 0 || matchesPattern(wanted, {})
    // A list matches where one of its elements does.
    const candidates = Array.isArray(found) ? found : [found]
    return wanted.some((rule) => {
      const test = testOf(rule)
      return isObject(rule) && 'exists' in rule ? test(found) : candidates.some(test)
    })
  })
}

function testOf(rule: unknown): Test {
  if (!isObject(rule)) return (value) => value === rule
  const [kind, argument] = Object.entries(rule)[0] as [string, any]
  switch (kind) {
    case 'exists':
      return (value) => (value !== undefined && !isObject(value)) === argument
    case 'prefix':
      return textTest(argument, (text, part) => text.startsWith(part))
    case 'suffix':
      return textTest(argument, (text, part) => text.endsWith(part))
    case 'equals-ignore-case':
      return (value) => typeof value === 'string' && value.toLowerCase() === argument.toLowerCase()
    case 'anything-but': {
      const refused = isObject(argument) ? [testOf(argument)] : [argument].flat().map(testOf)
      return (value) => value !== undefined && !refused.some((test) => test(value))
    }
    default:
      return numberTest(argument)
  }
}

function textTest(argument: string | string[] | { 'equals-ignore-case': string }, compare: (text: string, part: string) => boolean): Test {
  if (isObject(argument)) {
    const part = (argument['equals-ignore-case'] as string).toLowerCase()
    return (value) => typeof value === 'string' && compare(value.toLowerCase(), part)
  }
  const parts = [argument].flat() as string[]
  return (value) => typeof value === 'string' && parts.some((part) => compare(value, part))
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

function numberTest(argument: (string | number)[]): Test {
  return (value) => {
    if (typeof value !== 'number') return false
    for (let i = 0; i < argument.length; i += 2) if (!COMPARISONS[argument[i]!]!(value, argument[i + 1] as number)) return false
    return true
  }
}

function check(pattern: Record<string, unknown>, path: string): void {
  for (const [field, wanted] of Object.entries(pattern)) {
    const here = path === '' ? field : `${path}.${field}`
    if (field === '$or') {
      if (!Array.isArray(wanted) || wanted.length < 2 || !wanted.every(isObject)) throw new Error('"$or" must be a list of two or more objects.')
      for (const one of wanted) check(one as Record<string, unknown>, path)
    } else if (isObject(wanted)) check(wanted, here)
    else if (Array.isArray(wanted) && wanted.length > 0) wanted.forEach((rule) => checkRule(rule, here))
    else throw new Error(`"${here}" must be an object or a list that is not empty.`)
  }
}

function checkRule(rule: unknown, path: string): void {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) throw new Error(`Match value of "${path}" must be String, number, true, false, or null.`)
    return
  }
  const [[kind, argument] = [], ...more] = Object.entries(rule) as [string, any][]
  const isText = (value: unknown) => typeof value === 'string'
  const isTextOrTexts = (value: unknown) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))
  const isCaseless = (value: unknown) => isObject(value) && Object.keys(value).length === 1 && isText(value['equals-ignore-case'])
  const kinds: Record<string, () => boolean> = {
    exists: () => typeof argument === 'boolean',
    prefix: () => isText(argument) || isCaseless(argument),
    suffix: () => isText(argument) || isCaseless(argument),
    'equals-ignore-case': () => isText(argument),
    'anything-but': () =>
      isObject(argument)
        ? Object.keys(argument).length === 1 && ['prefix', 'suffix', 'equals-ignore-case'].some((name) => isTextOrTexts(argument[name]))
        : [argument].flat().length > 0 && [argument].flat().every((one) => isText(one) || typeof one === 'number'),
    numeric: () =>
      Array.isArray(argument) && argument.length > 0 && argument.length % 2 === 0 && argument.every((one, i) => (i % 2 === 0 ? Object.hasOwn(COMPARISONS, one) : typeof one === 'number')),
  }
  if (more.length > 0 || kind === undefined || !Object.hasOwn(kinds, kind)) throw new Error(`Unrecognized match type in "${path}": it takes one of ${Object.keys(kinds).join(', ')}.`)
  if (!kinds[kind]!()) throw new Error(`The value of "${kind}" in "${path}" is invalid.`)
}
