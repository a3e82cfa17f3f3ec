import { RE2JS } from 're2js'
import { invalid } from './arns'
import { spacePattern } from './space-pattern'

/** Says whether a message matches. */
export type Matcher = (message: string) => boolean

/** A pattern, and what it finds in a message. */
export interface Pattern {
  matches: Matcher
  /** The value of a field that the pattern's kind has: `$.user.name` of JSON, `$status` of words. */
  valueOf(message: string, field: string): unknown
  /** The fields that the pattern names. */
  fields: string[]
  /** Whether it holds a regular expression. */
  hasRegex: boolean
}

/** What reads one kind of pattern gives: with the values that it compares with, regular expressions among them. */
export type ReadPattern = Omit<Pattern, 'hasRegex'> & { values: string[] }

/**
 * Compiles a CloudWatch Logs filter pattern: terms and quoted phrases (all must occur), `?a ?b` (any), `-a` (must not),
 * a JSON pattern such as `{ $.code = 4* && $.ms > 12.5 }`, or one of words such as `[ip, ..., status = 4*]`. In each a value may be
 * a regular expression: `%[45]\d\d%`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws InvalidParameterException where the pattern cannot be read
 */
export function readPattern(pattern: string | undefined): Pattern {
  const text = pattern?.trim() ?? ''
  const { values, ...read } = text.startsWith('{') ? jsonPattern(text) : text.startsWith('[') ? spacePattern(text) : termPattern(text)
  const regexes = values.filter((value) => REGEX_MARKS.test(value)).length
  if (regexes > MOST_REGEXES && /^[[{]/.test(text)) throw invalid(`Invalid filter pattern: at most ${MOST_REGEXES} regular expressions are allowed.`)
  return { ...read, hasRegex: regexes > 0 }
}

/** "Filter pattern syntax", quotas: regular expressions in one pattern of JSON or of words. */
const MOST_REGEXES = 2

/** The matcher of a pattern alone. @throws InvalidParameterException as {@link readPattern} */
export function compilePattern(pattern: string | undefined): Matcher {
  return readPattern(pattern).matches
}

const TERM = /\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y

function termPattern(text: string): ReadPattern {
  const values: string[] = []
  const all: Matcher[] = []
  const any: Matcher[] = []
  const none: Matcher[] = []
  TERM.lastIndex = 0
  while (TERM.lastIndex < text.length) {
    const found = TERM.exec(text)
    if (!found) throw invalid(`Invalid filter pattern: ${text}`)
    const [, sign, quoted, bare] = found
    const term = quoted === undefined ? bare! : quoted.replace(/\\(.)/g, '$1')
    if (quoted === undefined) values.push(term)
    const matches = (quoted === undefined && regex(term)) || ((message: string) => message.includes(term))
    ;(sign === '?' ? any : sign === '-' ? none : all).push(matches)
  }
  // AWS passes over `?` terms that stand beside others.
  const isAny = any.length > 0 && all.length === 0 && none.length === 0
  const matches: Matcher = isAny ? (message) => any.some((one) => one(message)) : (message) => all.every((one) => one(message)) && !none.some((one) => one(message))
  // A metric filter may take a value out of JSON whatever its pattern is.
  return { matches, valueOf: jsonValue, fields: [], values }
}

const REGEX_MARKS = /^%.+%$/
const REGEX = /^%([A-Za-z0-9:_#=@/;,\-^$?[\]{}|\\*+.]+)%$/

/**
 * The matcher of a regular expression between percentage signs, anywhere in a text; undefined for a value that is none. It takes
 * linear time whatever the expression is. Source: "Supported regular expressions (regex) syntax".
 */
function regex(value: string): Matcher | undefined {
  if (!REGEX_MARKS.test(value)) return undefined
  const expression = REGEX.exec(value)?.[1] ?? fail(invalid(`Invalid filter pattern: unsupported character in the regular expression ${value}`))
  try {
    const compiled = RE2JS.compile(expression)
    return (text) => compiled.matcher(text).find()
  } catch {
    throw invalid(`Invalid filter pattern: the regular expression ${value} cannot be read.`)
  }
}

type Check = (event: unknown) => boolean

function jsonPattern(text: string): ReadPattern {
  const pattern = new JsonPattern(text)
  const check = pattern.read()
  const matches = (message: string) => {
    const event = parseJson(message)
    return event !== undefined && check(event)
  }
  return { matches, valueOf: jsonValue, fields: pattern.paths, values: pattern.values }
}

function jsonValue(message: string, field: string): unknown {
  return field.startsWith('$.') || field.startsWith('$[') ? picker(field)(parseJson(message)) : undefined
}

function parseJson(message: string): unknown {
  if (!message.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

const TOKEN = /\s*(?:(\$(?:\.[\w-]+|\[(?:\d+|"[^"]*")\])+)|("(?:[^"\\]|\\.)*")|(&&|\|\||!=|<=|>=|[=<>(){}])|(%[^\s%]+%|[^\s(){}=<>!&|"]+))/y
const DEEPEST = 50

/** Reads `{ a && (b || c) }`; && binds tighter than ||. */
class JsonPattern {
  #tokens: { kind: 'path' | 'text' | 'sign' | 'word'; text: string }[] = []
  #at = 0
  #depth = 0
  /** Paths that it names, as far as it was read. */
  readonly paths: string[] = []
  /** Values that it compares with, as far as it was read. */
  readonly values: string[] = []

  constructor(private readonly source: string) {
    TOKEN.lastIndex = 0
    const trimmed = source.trimEnd()
    while (TOKEN.lastIndex < trimmed.length) {
      const found = TOKEN.exec(trimmed)
      if (!found) throw this.#unreadable()
      const kind = (['path', 'text', 'sign', 'word'] as const)[found.slice(1).findIndex((part) => part !== undefined)]!
      this.#tokens.push({ kind, text: found.slice(1).find((part) => part !== undefined)! })
    }
  }

  read(): Check {
    this.#expect('{')
    const check = this.#either()
    this.#expect('}')
    if (this.#at !== this.#tokens.length) throw this.#unreadable()
    return check
  }

  #either(): Check {
    const checks = [this.#both()]
    while (this.#takes('||')) checks.push(this.#both())
    return (event) => checks.some((check) => check(event))
  }

  #both(): Check {
    const checks = [this.#one()]
    while (this.#takes('&&')) checks.push(this.#one())
    return (event) => checks.every((check) => check(event))
  }

  #one(): Check {
    if (this.#takes('(')) {
      if (++this.#depth > DEEPEST) throw this.#unreadable()
      const check = this.#either()
      this.#expect(')')
      return check
    }
    const path = this.#next('path')
    const pick = picker(path)
    this.paths.push(path)
    const word = this.#tokens[this.#at]?.text.toUpperCase()
    if (word === 'IS') {
      this.#at += 1
      const wanted = { NULL: null, TRUE: true, FALSE: false }[this.#next('word').toUpperCase()]
      if (wanted === undefined) throw this.#unreadable()
      return (event) => pick(event) === wanted
    }
    if (word === 'NOT') {
      this.#at += 1
      if (this.#next('word').toUpperCase() !== 'EXISTS') throw this.#unreadable()
      return (event) => pick(event) === undefined
    }
    const sign = this.#next('sign')
    const token = this.#tokens[this.#at++]
    if (!token || token.kind === 'sign' || token.kind === 'path') throw this.#unreadable()
    const value = token.kind === 'text' ? token.text.slice(1, -1).replace(/\\(.)/g, '$1') : token.text
    this.values.push(value)
    const number = token.kind === 'word' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined
    return comparison(sign, pick, value, number) ?? fail(this.#unreadable())
  }

  #next(kind: 'path' | 'sign' | 'word'): string {
    const token = this.#tokens[this.#at++]
    if (token?.kind !== kind) throw this.#unreadable()
    return token.text
  }

  #takes(sign: string): boolean {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || token.text !== sign) return false
    this.#at += 1
    return true
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw this.#unreadable()
  }

  #unreadable() {
    return invalid(`Invalid filter pattern: ${this.source}`)
  }
}

function fail(error: Error): never {
  throw error
}

/** A check of one value; undefined where the sign does not go with it. */
export function comparison(sign: string, pick: (event: unknown) => unknown, value: string, number: number | undefined): Check | undefined {
  if (number !== undefined) {
    const compare = {
      '=': (found: number) => found === number,
      '!=': (found: number) => found !== number,
      '<': (found: number) => found < number,
      '<=': (found: number) => found <= number,
      '>': (found: number) => found > number,
      '>=': (found: number) => found >= number,
    }[sign]
    if (!compare) return undefined
    return (event) => {
      const found = pick(event)
      return typeof found === 'number' && compare(found)
    }
  }
  const matches = wildcard(value)
  if (sign === '=') return (event) => matches(pick(event))
  if (sign === '!=') {
    return (event) => {
      const found = pick(event)
      return found !== undefined && !matches(found)
    }
  }
  return undefined
}

/** A regular expression, or text with `*` for any characters, matched piece by piece so that no pattern can make it slow. */
function wildcard(value: string): (found: unknown) => boolean {
  const pieces = value.split('*')
  const expression = regex(value)
  return (found) => {
    if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return false
    const text = String(found)
    if (expression) return expression(text)
    if (pieces.length === 1) return text === value
    const [first, last] = [pieces[0]!, pieces.at(-1)!]
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const piece of pieces.slice(1, -1)) {
      const next = text.indexOf(piece, at)
      if (next === -1) return false
      at = next + piece.length
    }
    return at <= text.length - last.length
  }
}

function picker(path: string): (event: unknown) => unknown {
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g)].map(([, name, index, quoted]) => name ?? index ?? quoted!)
  return (event) =>
    steps.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined), event)
}
