import { Compile, parse } from 'velocityjs'
import { own } from '../../services/apigateway/errors'
import { lastValue, single } from '../pairs'
import type { Exchange } from './exchange'
import { withinTime } from '../within-time'
import { jsonPath } from '../../json-path'

/** Rendering steps and bytes of output after which a template is given up: they bind the sandbox's own thread. */
const MOST_STEPS = 100_000
const LARGEST_OUTPUT = 10_485_760
/** API Gateway's own limit of `#foreach`. */
const LONGEST_RANGE = 1000

/** A template that goes on for too long. */
class Runaway extends Error {}

/** The template engine with limits. */
class BoundedTemplate extends (Compile as any) {
  #steps = 0
  #size = 0

  renderAstList(nodes?: unknown[], contextId?: string): string {
    this.#steps += nodes?.length ?? 1
    if (this.#steps > MOST_STEPS) throw new Runaway('the template takes too many steps')
    const text: string = super.renderAstList(nodes, contextId)
    this.#size += text.length
    if (this.#size > LARGEST_OUTPUT) throw new Runaway('the template writes too much')
    return text
  }

  getArray(literal: any): unknown[] {
    if (literal.isRange) {
      const [from, to] = literal.value.map((end: any) => Number(typeof end === 'object' ? this['getLiteral'](end) : end))
      if (!(Math.abs(to - from) < LONGEST_RANGE)) throw new Runaway(`a range has more than ${LONGEST_RANGE} numbers`)
    }
    return super.getArray(literal)
  }
}

/** Methods of Java's strings, lists and maps that templates use and the engine lacks. */
const methods: Record<string, (context: any, params: any[]) => unknown> = {
  length: (text) => text.length,
  isEmpty: (value) => (typeof value === 'string' || Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0),
  contains: (value, [item]) => value.includes(item),
  containsKey: (value, [key]) => Object.hasOwn(value, key),
  containsValue: (value, [item]) => Object.values(value).includes(item),
  values: (value) => Object.values(value),
  equals: (value, [other]) => value === other,
  equalsIgnoreCase: (value, [other]) => String(value).toLowerCase() === String(other).toLowerCase(),
  indexOf: (value, [item]) => value.indexOf(item),
  lastIndexOf: (value, [item]) => value.lastIndexOf(item),
  startsWith: (text, [start]) => text.startsWith(start),
  endsWith: (text, [end]) => text.endsWith(end),
  trim: (text) => text.trim(),
  toString: (value: unknown) => String(value),
  replace: (text, [from, to]) => text.replaceAll(from, to),
  // Java's take patterns where JavaScript's take plain text.
  replaceAll: (text, [pattern, to]) => text.replace(new RegExp(pattern, 'g'), to),
  replaceFirst: (text, [pattern, to]) => text.replace(new RegExp(pattern), to),
  matches: (text, [pattern]) => new RegExp(`^(?:${pattern})$`).test(text),
  split: (text, [pattern]) => text.split(new RegExp(pattern)),
  remove: (value, [key]) => (Array.isArray(value) ? value.splice(Number(key), 1)[0] : undefined),
}

const handlers = Object.entries(methods).map(([name, call]) => ({
  uid: `java: ${name}`,
  match: ({ property, context }: { property: string; context: unknown }) =>
    property === name && (typeof context === 'string' || Array.isArray(context) || (isMap(context) && !Object.hasOwn(context as object, name) && /^(isEmpty|contains(Key|Value)|values|equals)$/.test(name))),
  resolve: ({ context, params }: { context: unknown; params: unknown[] }) => call(context, params ?? []),
}))

/** What a template reads beside the request: the body, and the fields of `$context` that it may set. */
export interface TemplateInput {
  /** Body of the request or of the backend's answer. */
  body: string
}

const parsed = new Map<string, ReturnType<typeof parse>>()

/**
 * Renders a mapping template (VTL) with `$input`, `$context`, `$stageVariables` and `$util`
 * (API Gateway developer guide, "Mapping template and access logging variable reference").
 * @throws Error where the template is not one, fails, or goes on for too long
 */
export function renderTemplate(template: string, exchange: Exchange, { body }: TemplateInput): string {
  let nodes = parsed.get(template)
  if (!nodes) {
    if (parsed.size > 500) parsed.clear()
    parsed.set(template, (nodes = parse(template)))
  }
  const engine = new (BoundedTemplate as any)(nodes, { escape: false, customMethodHandlers: handlers })
  const names = { input: inputOf(exchange, body), context: exchange.context, stageVariables: exchange.variables, util: UTIL }
  return withinTime(() => engine.render(names, {}, false) as string)
}

function inputOf({ headers, query, pathParameters }: Exchange, body: string) {
  let value: unknown
  const json = () => (value ??= parseOr(body))
  const groups = () => ({ path: pathParameters, querystring: single(query) ?? {}, header: single(headers) ?? {} })
  return {
    body,
    path: (path: string) => jsonPath(json(), path) ?? '',
    json: (path: string) => {
      const found = jsonPath(json(), path)
      return found === undefined ? '""' : JSON.stringify(found)
    },
    // The first that there is: path, query string, header.
    params: (name?: string) => (name === undefined ? groups() : (own(pathParameters, name) ?? lastValue(query, name) ?? lastValue(headers, name, true) ?? '')),
  }
}

function parseOr(body: string): unknown {
  if (body.trim() === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

const UTIL = {
  escapeJavaScript: (text: unknown) =>
    String(text).replace(/[\\'"/]|[^ -~]/g, (c) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' })[c] ?? (/[ -~]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)),
  parseJson: (text: unknown) => JSON.parse(String(text)),
  // As Java's URLEncoder, which leaves * and encodes more than JavaScript.
  urlEncode: (text: unknown) => encodeURIComponent(String(text)).replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+'),
  urlDecode: (text: unknown) => decodeURIComponent(String(text).replaceAll('+', ' ')),
  base64Encode: (text: unknown) => Buffer.from(String(text)).toString('base64'),
  base64Decode: (text: unknown) => Buffer.from(String(text), 'base64').toString('utf8'),
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
