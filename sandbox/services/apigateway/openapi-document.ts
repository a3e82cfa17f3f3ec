import { parse } from 'yaml'
import { badRequest } from './errors'

/** A part of an OpenAPI document: anything, read with care. */
export type Part = Record<string, any>

/** The verbs that a path may hold, with API Gateway's own for ANY. */
export const VERBS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'] as const

/**
 * Reads an OpenAPI 3 (or Swagger 2) document from JSON or YAML.
 * @throws BadRequestException where it is none
 */
export function readDocument(body: Uint8Array): Part {
  const text = Buffer.from(body).toString('utf8')
  if (isTooDeep(text)) throw badRequest(`Invalid OpenAPI input: it is nested more than ${DEEPEST} levels deep.`)
  let document: unknown
  try {
    document = parse(text, { maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    throw badRequest(`Invalid OpenAPI input: ${(error as Error).message.split('\n')[0]}`)
  }
  if (!isPart(document) || !/^(3\.\d|2\.0)/.test(String(document.openapi ?? document.swagger ?? ''))) throw badRequest('Invalid OpenAPI input: it must have openapi 3.0.x or swagger 2.0.')
  if (!isPart(document.info) || typeof document.info.title !== 'string') throw badRequest('Invalid OpenAPI input: info.title is missing.')
  return document
}

/** The YAML parser recurses; no real document comes near this depth. */
const DEEPEST = 100

/** Whether brackets, list dashes on one line, or indentation nest beyond {@link DEEPEST}. Counts brackets in strings too, which errs on the safe side. */
function isTooDeep(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1)
    if (depth > DEEPEST) return true
  }
  const indents: number[] = []
  for (const [, lead, dashes] of text.matchAll(/^( *)((?:[-?:] +)*)/gm)) {
    const indent = lead!.length
    while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop()
    indents.push(indent)
    if (indents.length + dashes!.length / 2 > DEEPEST) return true
  }
  return false
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A part, or what its `$ref` into the same document is about. @throws BadRequestException where that is not there */
export function resolved(document: Part, part: Part): Part {
  if (typeof part?.$ref !== 'string') return part
  const path = part.$ref.replace(/^#\//, '').split('/').map((name: string) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
  const found = path.reduce((value: any, name: string) => (isPart(value) && Object.hasOwn(value, name) ? value[name] : undefined), document)
  if (!isPart(found)) throw badRequest(`Invalid OpenAPI input: ${part.$ref} is not there.`)
  return found
}

/** The model behind a schema's `$ref`: `#/components/schemas/Pet` or `#/definitions/Pet`. */
export function modelOfReference(reference: unknown): string | undefined {
  return typeof reference === 'string' ? /^#\/(?:components\/schemas|definitions)\/([^/]+)$/.exec(reference)?.[1] : undefined
}
