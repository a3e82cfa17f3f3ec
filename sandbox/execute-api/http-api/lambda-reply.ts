import type { Pairs } from '../pairs'
import { internal, type HttpError, type Reply } from './exchange'

const DEFAULT_TYPE = 'text/plain; charset=utf-8'

/**
 * A function's answer as a response. Format 2.0 infers one where the function names no status code: the answer itself as
 * JSON (HTTP API developer guide, "Lambda function response for format 2.0").
 * @throws HttpError 500 where the answer is malformed
 */
export function readLambdaReply(payload: string, version: string): Reply {
  const malformed = () => internal("The response from the Lambda function doesn't match the format that API Gateway expects.")
  let answer: any
  try {
    answer = JSON.parse(payload)
  } catch {
    throw malformed()
  }
  const isResponse = typeof answer === 'object' && answer !== null && !Array.isArray(answer) && answer.statusCode !== undefined
  if (!isResponse) {
    if (version !== '2.0') throw malformed()
    return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(typeof answer === 'string' ? answer : payload) }
  }
  const { statusCode, body = null, isBase64Encoded = false } = answer
  const status = Number(statusCode)
  if (!Number.isInteger(status) || status < 200 || status > 599) throw malformed()
  if (typeof isBase64Encoded !== 'boolean' || (body !== null && typeof body !== 'string')) throw malformed()
  const headers = readHeaders(answer, version, malformed)
  if (!headers.some(([name]) => /^content-type$/i.test(name))) headers.push(['Content-Type', DEFAULT_TYPE])
  return { status, headers, body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8') }
}

function readHeaders({ headers, multiValueHeaders, cookies }: Record<string, unknown>, version: string, malformed: () => HttpError): Pairs {
  const entries = (of: unknown): [string, unknown][] => {
    if (of === undefined || of === null) return []
    if (typeof of !== 'object' || Array.isArray(of)) throw malformed()
    return Object.entries(of)
  }
  const text = (value: unknown) => {
    if (typeof value === 'object' && value !== null) throw malformed()
    return String(value ?? '')
  }
  const many = (name: string, values: unknown): Pairs => {
    if (!Array.isArray(values)) throw malformed()
    return values.map((value) => [name, text(value)])
  }
  if (version === '2.0') return [...entries(headers).map(([name, value]): [string, string] => [name, text(value)]), ...(cookies === undefined || cookies === null ? [] : many('Set-Cookie', cookies))]
  const several = entries(multiValueHeaders).flatMap(([name, values]) => many(name, values))
  const named = new Set(several.map(([name]) => name.toLowerCase()))
  // Where a name is in both, the several values hold.
  return [...several, ...entries(headers).filter(([name]) => !named.has(name.toLowerCase())).map(([name, value]): [string, string] => [name, text(value)])]
}
