import { Agent } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendSigned, type RawRequest, type RawResponse } from './raw-request'
import type { RoutedService } from './route'
import { services } from './services/index'
import { startTestSandbox, type TestSandbox } from './testing'

/** The same requests in every run; another seed makes others: FUZZ_SEED=7 npx vitest run sandbox/fuzz.test.ts */
const SEED = Number(process.env.FUZZ_SEED ?? 1)
const PER_OPERATION = Number(process.env.FUZZ_REQUESTS ?? 15)
const MOST_GROWTH = 150 << 20

/** What most requests to S3 are about. */
const BUCKET = 'fuzzed'

let sandbox: TestSandbox
const agent = new Agent({ keepAlive: true, maxSockets: 8 })
beforeAll(async () => {
  sandbox = await startTestSandbox()
  await sendSigned(sandbox.learner, { service: 's3', method: 'PUT', path: `/${BUCKET}` })
})
afterAll(async () => {
  agent.destroy()
  await sandbox.remove()
})

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const TEXTS = ['', 'x', 'a'.repeat(300), 'é'.repeat(50), '🙂', '\u0000', 'a\u0000b', '\ud800', '%', '%00', '%2e%2e%2f', '../../etc/passwd', '$LATEST', '${aws:username}', '*', '__proto__', 'constructor', 'toString', '<a>&"', "'; drop", '{"a":1}', '[]', 'null', '-1', '1e999', 'NaN', '2026-01-01T00:00:00Z', 'arn:aws:iam::111122223333:role/x', 'arn:aws:lambda:us-east-1:111122223333:function:x', 'arn:::::', ' ', '\n', '\u202e', '=', '==', 'YQ==']
/** What policies, templates and definitions that are text inside a member may be. */
const DOCUMENTS = [
  '{"Statement":null}',
  '{"Statement":[null]}',
  '{"Version":"2012-10-17","Statement":{"Effect":1,"Action":{},"Resource":[[]]}}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"AWS":[1,null]},"Condition":{"StringEquals":{"a":{"b":1}},"Bool":null}}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{"StringLike":{"aws:username":"${${a}"}}}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]}',
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  '#set($x = $input.json("$"))#foreach($i in [1..100000])$i#end',
  '$input.path("$..a[?(@.b)]")',
]
const ODD: unknown[] = [null, true, false, 0, -1, 1e308, 0.5, '', 'text', [], {}, [[]], [null], { a: { b: { c: {} } } }, { __proto__: null, constructor: 1 }, 'x'.repeat(20_000), Array(200).fill('x'), '2026-13-45', 9007199254740993]

class Fuzz {
  constructor(readonly random: () => number) {}

  one<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)]!
  }

  chance(p: number): boolean {
    return this.random() < p
  }

  /** A value for a member: mostly of its type, sometimes of another, sometimes none. */
  value(schema: NormalizedSchema, depth = 0): unknown {
    if (this.chance(0.12)) return this.one(ODD)
    if (schema.isStructSchema()) {
      if (depth > 6) return {}
      const result: Record<string, unknown> = {}
      for (const [name, member] of schema.structIterator()) if (this.chance(0.7)) result[name] = this.value(member, depth + 1)
      return result
    }
    if (schema.isListSchema()) return Array.from({ length: Math.floor(this.random() * 4) }, () => this.value(schema.getValueSchema(), depth + 1))
    if (schema.isMapSchema()) return Object.fromEntries(Array.from({ length: Math.floor(this.random() * 3) }, () => [this.one(TEXTS), this.value(schema.getValueSchema(), depth + 1)]))
    if (schema.isBooleanSchema()) return this.chance(0.5)
    if (schema.isNumericSchema()) return this.one([0, 1, -1, 100, 2 ** 31, 2 ** 53, 0.5])
    if (schema.isBlobSchema()) return this.one(['', 'YQ==', 'UEsDBA==', 'not base64!', 'x'.repeat(5000)])
    if (schema.isTimestampSchema()) return this.one([0, 1e12, -1, '2026-01-01T00:00:00Z', 'yesterday'])
    if (this.chance(0.1)) return this.one(DOCUMENTS)
    return this.chance(0.6) ? `name-${Math.floor(this.random() * 20)}` : this.one(TEXTS)
  }

  /** A body that is not what the protocol wants at all. */
  brokenBody(): Buffer {
    return Buffer.from(
      this.one<string | Buffer>(['', '{', '}', '[]', 'null', '"x"', '0', '{"a":', '{"a":1,}', '['.repeat(50_000), '{"a":'.repeat(20_000), `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '\ufeff{}', Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('{"FunctionName":"\xff\xfe"}', 'latin1'), 'x'.repeat(1 << 20), '%', '%ZZ=%', '&&&===', 'Action', '\0', '<xml/>', '{"__proto__":{"polluted":true}}', `{${'"a":1,'.repeat(5000)}"b":2}`]) as never,
    )
  }
}

function requestFor(fuzz: Fuzz, service: RoutedService, schema: StaticOperationSchema): RawRequest {
  const input = NormalizedSchema.of(schema[4])
  const value = fuzz.value(input)
  const fields = (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}) as Record<string, unknown>
  const isBroken = fuzz.chance(0.2)
  if (service.protocol === 'json') {
    const headers = { 'content-type': `application/x-amz-json-${service.jsonVersion ?? '1.1'}`, 'x-amz-target': `${service.target}.${schema[2]}` }
    return { service: service.name, method: 'POST', path: '/', headers, body: isBroken ? fuzz.brokenBody() : Buffer.from(JSON.stringify(value) ?? '') }
  }
  if (service.protocol === 'query') {
    const start = `Action=${schema[2]}&Version=${service.apiVersion}`
    const odd = ['', '&Tags.member.999999999.Key=x', '&Tags.member.-1.Key=x', '&Tags.member=x', '&Tags.member.1.Key.Key.Key=x', `&${'a.'.repeat(3000)}=x`, '&__proto__.x=1', '&%ZZ=%', '&MaxItems=%F0%9F', '&Action=Other', `&Marker=${'m'.repeat(400_000)}`]
    const body = start + flattened('', fields).map(([name, text]) => `&${name}=${encodeURIComponent(text)}`).join('') + (isBroken ? fuzz.one(odd) : '')
    return { service: service.name, method: 'POST', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from(body) }
  }
  const [method, template] = (schema[3] as { http: [string, string, number] }).http
  const [path = '', literals = ''] = template.split('?')
  const query: Record<string, string> = Object.fromEntries(new URLSearchParams(literals))
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const labels: Record<string, string> = {}
  const inBody: Record<string, unknown> = {}
  for (const [name, member] of input.structIterator()) {
    const traits = member.getMergedTraits() as Record<string, any>
    const text = textOf(fields[name])
    if (traits.httpLabel) labels[name] = text === '' || /^\.+$/.test(text) ? 'x' : text
    else if (fields[name] === undefined) continue
    else if (traits.httpQuery) query[traits.httpQuery] = text
    else if (traits.httpHeader) headers[(traits.httpHeader as string).toLowerCase()] = text.replace(/[^\x20-\x7e]/g, '?').trim()
    else if (!traits.httpQueryParams) inBody[name] = fields[name]
  }
  const inPath = service.protocol === 'rest-xml' && labels.Bucket !== undefined ? `/${fuzz.chance(0.8) ? BUCKET : encodeURIComponent(wellFormed(labels.Bucket))}${path === '/' ? '' : path}` : path
  const filled = inPath.replace(/\{([^}+]+)\+?\}/g, (_, label: string) => encodeURIComponent(wellFormed(labels[label] ?? 'x')))
  const isBlob = [...input.structIterator()].some(([, member]) => member.getMergedTraits().httpPayload && member.isBlobSchema())
  const hasBody = method !== 'GET' && method !== 'DELETE' && method !== 'HEAD'
  if (service.protocol === 'rest-xml') {
    delete query['x-id']
    delete headers['content-length']
    const [payload] = Object.entries(inBody)
    return { service: service.name, method, path: filled, query: Object.fromEntries(Object.entries(query).map(([name, text]) => [name, wellFormed(text)])), headers, body: !hasBody ? Buffer.alloc(0) : isBroken ? fuzz.brokenBody() : Buffer.from(payload ? toXml(payload[0], payload[1]) : '') }
  }
  return { service: service.name, method, path: filled, query: Object.fromEntries(Object.entries(query).map(([name, text]) => [name, wellFormed(text)])), headers, body: !hasBody ? Buffer.alloc(0) : isBroken ? fuzz.brokenBody() : Buffer.from(isBlob ? JSON.stringify(inBody).slice(0, 500) : JSON.stringify(inBody)) }
}

function toXml(name: string, value: unknown): string {
  const tag = /^[A-Za-z][\w-]*$/.test(name) ? name : 'x'
  if (Array.isArray(value)) return value.map((item) => toXml(tag, item)).join('')
  if (value !== null && typeof value === 'object') return `<${tag}>${Object.entries(value).map(([key, item]) => toXml(key, item)).join('')}</${tag}>`
  return `<${tag}>${String(value).replace(/[<&]/g, '&amp;')}</${tag}>`
}

function textOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value.slice(0, 2000) : (JSON.stringify(value) ?? '').slice(0, 2000)
}

/** Half a surrogate pair cannot be percent-encoded. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

function flattened(prefix: string, value: unknown): [string, string][] {
  const below = (name: string) => (prefix === '' ? name : `${prefix}.${name}`)
  if (Array.isArray(value)) return value.flatMap((item, i) => flattened(below(`member.${i + 1}`), item))
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([name, item]) => flattened(below(encodeURIComponent(wellFormed(name))), item))
  return value === undefined ? [] : [[prefix, wellFormed(String(value))]]
}

/** What is wrong with an answer; undefined where it is as AWS's would be. */
function complaint(service: RoutedService, { status, headers, text }: RawResponse): string | undefined {
  if (status >= 500 && status !== 501) return `status ${status}: ${text.slice(0, 300)}`
  if (text.includes('SignatureDoesNotMatch')) return 'the test signs wrongly'
  if (status < 400) return undefined
  if (service.protocol === 'query') return /<ErrorResponse[\s\S]*<Code>[\w.]+<\/Code>/.test(text) ? undefined : `no error of AWS's form: ${text.slice(0, 300)}`
  // An answer to HEAD and one that nothing was modified have no body.
  if (service.protocol === 'rest-xml') return text === '' || /<Error><Code>\w+<\/Code>/.test(text) ? undefined : `no error of AWS's form: ${text.slice(0, 300)}`
  if (typeof headers['x-amzn-errortype'] !== 'string') return `no error type: ${status} ${text.slice(0, 300)}`
  try {
    JSON.parse(text)
    return undefined
  } catch {
    return `no JSON: ${text.slice(0, 300)}`
  }
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed
}

describe('requests of any shape', () => {
  let before: number
  beforeAll(() => {
    before = heapUsed()
  })

  it.each(services.map((service) => [service.name, service] as const))('to %s get an answer in AWS’s form', { timeout: 120_000 }, async (_, service) => {
    const complaints: string[] = []
    const jobs = service.operations.flatMap((operation) => {
      const fuzz = new Fuzz(generator([...`${SEED} ${service.name} ${operation.name}`].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), 7)))
      return Array.from({ length: PER_OPERATION }, () => [operation.name, requestFor(fuzz, service, operation.schema)] as const)
    })
    const work = async () => {
      for (let job = jobs.pop(); job; job = jobs.pop()) {
        const [name, raw] = job
        const found = await sendSigned(sandbox.learner, raw, agent).then((response) => complaint(service, response), (error: Error) => error.message)
        if (found) complaints.push(`${name}: ${found}\n  ${raw.method} ${raw.path.slice(0, 200)} ${JSON.stringify(raw.query ?? {}).slice(0, 200)} ${raw.body?.toString('utf8').slice(0, 300)}`)
      }
    }
    await Promise.all([work(), work(), work(), work()])
    expect(complaints).toEqual([])
  })

  it('leave no more in memory than a bound', () => {
    expect(heapUsed() - before).toBeLessThan(MOST_GROWTH)
  })

  it('change nothing of what objects are', () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
