import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { Located } from '../../operation'
import { requiredMembers } from '../../protocol/validate'

const DOMAIN = String.raw`(?:localhost(?:\.localstack\.cloud)?|amazonaws\.com)(?::\d+)?$`
/** `s3.localhost`, `s3.eu-west-1.localhost.localstack.cloud`: the bucket is in the path. */
const SERVICE_HOST = new RegExp(String.raw`^s3(?:[.-][a-z0-9-]+)?\.${DOMAIN}`)
/** `photos.s3.localhost`: the bucket is in the host. */
const BUCKET_HOST = new RegExp(String.raw`^(.+)\.s3(?:[.-][a-z0-9-]+)?\.${DOMAIN}`)
/** `photos.localhost`, as SDKs make it of the endpoint `http://localhost:4566`. */
const SHORT_BUCKET_HOST = /^([a-z0-9][a-z0-9.-]*)\.localhost(?::\d+)?$/

/** What a request to S3 is about; percent-decoded. */
export interface Address {
  bucket?: string
  key?: string
}

/** Reads bucket and key from host and path; undefined where the path cannot be decoded. */
export function addressOf({ headers, path }: Pick<Located, 'headers' | 'path'>): Address | undefined {
  try {
    const host = (headers.host ?? '').toLowerCase()
    const inHost = bucketInHost(host)
    const rest = path.replace(/^\//, '')
    if (inHost !== undefined) return { bucket: inHost, ...(rest === '' ? {} : { key: decodeURIComponent(rest) }) }
    const slash = rest.indexOf('/')
    const bucket = decodeURIComponent(slash === -1 ? rest : rest.slice(0, slash))
    const key = slash === -1 ? '' : decodeURIComponent(rest.slice(slash + 1))
    return bucket === '' ? {} : { bucket, ...(key === '' ? {} : { key }) }
  } catch {
    return undefined
  }
}

/** The bucket that a host names, in lower case; undefined where it names none. */
export function bucketInHost(host: string): string | undefined {
  const [, named] = BUCKET_HOST.exec(host) ?? []
  if (named !== undefined) return named
  if (SERVICE_HOST.test(host)) return undefined
  return SHORT_BUCKET_HOST.exec(host)?.[1]
}

/** Whether an unsigned request is S3's for its host. */
export function isS3Host({ headers, method }: Located): boolean {
  const host = (headers.host ?? '').toLowerCase()
  const isForm = method === 'POST' && headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return !isForm && (BUCKET_HOST.test(host) || SERVICE_HOST.test(host))
}

interface Candidate {
  name: string
  /** `?acl` and the like: parameters that the query must hold. */
  literals: [string, string][]
  /** Parameters and headers without which it is another operation: `uploadId`, `x-amz-copy-source`. */
  needs: { query: string[]; headers: string[] }
}

const tables = new WeakMap<Map<string, StaticOperationSchema>, Map<string, Candidate[]>>()

/** Finds the operation that a request to S3 asks for: by method, by what its address names, and by its parameters. */
export function locate(schemas: Map<string, StaticOperationSchema>, request: Located): { name: string; labels: Record<string, string> } | undefined {
  const address = addressOf(request)
  if (!address) return undefined
  const level = address.key !== undefined ? 'key' : address.bucket !== undefined ? 'bucket' : 'service'
  // Nobody's look at the root of the endpoint is not for S3 in particular.
  if (level === 'service' && !isSigned(request) && !isS3Host(request)) return undefined
  const labels = { ...(address.bucket === undefined ? {} : { Bucket: address.bucket }), ...(address.key === undefined ? {} : { Key: address.key }) }
  const found = tableOf(schemas).get(`${request.method} ${level}`)?.find((candidate) => fits(candidate, request))
  return found && { name: found.name, labels }
}

function isSigned({ headers, query }: Located): boolean {
  return headers.authorization !== undefined || query.has('X-Amz-Algorithm') || query.has('AWSAccessKeyId')
}

function fits({ literals, needs }: Candidate, { query, headers }: Located): boolean {
  return (
    literals.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value)) &&
    needs.query.every((name) => query.has(name)) &&
    needs.headers.every((name) => headers[name] !== undefined)
  )
}

/** Operations by method and level, the ones that demand most first. */
function tableOf(schemas: Map<string, StaticOperationSchema>): Map<string, Candidate[]> {
  let table = tables.get(schemas)
  if (table) return table
  tables.set(schemas, (table = new Map()))
  for (const schema of schemas.values()) {
    const [method, template] = (schema[3] as { http: [string, string, number] }).http
    const [path = '', query = ''] = template.split('?')
    const shape = NormalizedSchema.of(schema[4])
    const literals = [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id')
    const level = path.includes('{Key+}') ? 'key' : shape.isStructSchema() && shape.getMemberSchemas().Bucket ? 'bucket' : 'service'
    // With a parameter of its own an operation is told whatever else is missing.
    const needs = literals.length > 0 && !['list-type', 'analytics', 'inventory', 'metrics', 'intelligent-tiering', 'annotation'].includes(literals[0]![0]) ? { query: [], headers: [] } : needsOf(shape)
    const key = `${method} ${level}`
    const candidates = table.get(key) ?? []
    candidates.push({ name: schema[2], literals, needs })
    table.set(key, candidates)
  }
  const demands = ({ literals, needs }: Candidate) => literals.length * 100 + needs.query.length + needs.headers.length
  for (const candidates of table.values()) candidates.sort((a, b) => demands(b) - demands(a))
  return table
}

/** The parameters and headers that an operation's input requires. */
function needsOf(shape: NormalizedSchema): Candidate['needs'] {
  const needs: Candidate['needs'] = { query: [], headers: [] }
  if (!shape.isStructSchema()) return needs
  const required = requiredMembers(shape)
  for (const [name, member] of shape.structIterator()) {
    if (!required.has(name)) continue
    const traits = member.getMergedTraits() as Record<string, any>
    if (traits.httpQuery) needs.query.push(traits.httpQuery)
    else if (traits.httpHeader) needs.headers.push((traits.httpHeader as string).toLowerCase())
  }
  return needs
}
