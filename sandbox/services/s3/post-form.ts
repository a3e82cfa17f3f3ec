import { Readable } from 'node:stream'
import { AwsError } from '../../errors'
import { keptOpen } from '../../payload'
import type { WireRequest } from '../../protocol/index'
import { addressOf, bucketInHost } from './address'

/** Bytes of all fields before the file (S3 API reference, POST Object). */
const LARGEST_FIELDS = 20_480
const BREAK = Buffer.from('\r\n\r\n')

/** Whether a request is a browser's upload by a form. */
export function isForm({ method, headers, stream }: WireRequest): boolean {
  return method === 'POST' && stream !== undefined && (headers['content-type'] ?? '').startsWith('multipart/form-data')
}

/**
 * Reads the fields of a form up to its file, and makes of it the request that a client would have sent: the key in the path, what
 * is said of the object in headers, the file as the body.
 * @throws AwsError MalformedPOSTRequest, InvalidArgument, MaxPostPreDataLengthExceededError
 */
export async function openForm(request: WireRequest): Promise<WireRequest> {
  const [, boundary] = /boundary="?([^";]+)"?/.exec(request.headers['content-type']!) ?? []
  if (boundary === undefined) throw malformed()
  const reader = new FormReader(request.stream!, boundary)
  const fields: Record<string, string> = {}
  for (;;) {
    const part = await reader.nextHead()
    if (!part) throw new AwsError('InvalidArgument', 'POST requires exactly one file upload per request.', 400, { ArgumentName: 'file', ArgumentValue: '0' })
    if (part.name === 'file') {
      if (fields.key === undefined) throw new AwsError('InvalidArgument', "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.", 400, { ArgumentName: 'key', ArgumentValue: '' })
      // What is signed has the variable, not what it stands for.
      const key = fields.key.replaceAll('${filename}', part.filename)
      // The policy rules what the form's fields say, so that nothing else may say it.
      return { ...request, path: pathOf(request, key), query: new URLSearchParams(), rawQuery: '', headers: { ...ofTheConnection(request.headers), ...headersOf(fields, part.contentType) }, form: fields, stream: Readable.from(reader.file(), { objectMode: false }) }
    }
    fields[part.name] = await reader.value()
  }
}

function pathOf(request: WireRequest, key: string): string {
  const encoded = key.split('/').map(encodeURIComponent).join('/')
  const isInHost = bucketInHost((request.headers.host ?? '').toLowerCase()) !== undefined
  return isInHost ? `/${encoded}` : `/${encodeURIComponent(addressOf(request)?.bucket ?? '')}/${encoded}`
}

const AS_HEADERS: Record<string, string> = { acl: 'x-amz-acl', 'cache-control': 'cache-control', 'content-type': 'content-type', 'content-disposition': 'content-disposition', 'content-encoding': 'content-encoding', expires: 'expires' }
const SIGNATURE = /^x-amz-(algorithm|credential|date|signature|security-token)$/

/** The headers of a form's request that say nothing of the object. */
function ofTheConnection(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(x-amz-.*|cache-control|content-(disposition|encoding|language)|expires|if-.*)$/.test(name)))
}

function headersOf(fields: Record<string, string>, contentType: string): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': contentType }
  for (const [name, value] of Object.entries(fields)) {
    const header = AS_HEADERS[name] ?? (name.startsWith('x-amz-') && !SIGNATURE.test(name) ? name : undefined)
    if (header !== undefined) headers[header] = value
  }
  if (fields.tagging !== undefined) {
    const pairs = [...fields.tagging.matchAll(/<Tag>\s*<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>\s*<\/Tag>/g)].map(([, key, value]) => [key!, value!])
    headers['x-amz-tagging'] = new URLSearchParams(pairs).toString()
  }
  return headers
}

interface Head {
  /** In lower case. */
  name: string
  filename: string
  contentType: string
}

/** Reads `multipart/form-data` (RFC 7578) part by part, from a stream. */
class FormReader {
  readonly #iterator: AsyncIterator<Buffer>
  readonly #end: Buffer
  #held: Buffer = Buffer.from('\r\n')
  #read = 0

  constructor(stream: Readable, boundary: string) {
    this.#iterator = keptOpen(stream)[Symbol.asyncIterator]()
    this.#end = Buffer.from(`\r\n--${boundary}`)
  }

  /** The head of the next part; undefined at the end of the form. */
  async nextHead(): Promise<Head | undefined> {
    await this.#find(this.#end)
    this.#held = this.#held.subarray(this.#held.indexOf(this.#end) + this.#end.length)
    while (this.#held.length < 2) await this.#more()
    if (this.#held.subarray(0, 2).toString() === '--') return undefined
    await this.#find(BREAK)
    const at = this.#held.indexOf(BREAK)
    const text = this.#held.subarray(0, at).toString('utf8')
    this.#held = this.#held.subarray(at + BREAK.length)
    const [, name] = /;\s*name="([^"]*)"/i.exec(text) ?? []
    if (name === undefined) throw malformed()
    const [, filename = ''] = /;\s*filename="([^"]*)"/i.exec(text) ?? []
    const [, contentType = ''] = /^content-type:\s*(\S.*)$/im.exec(text) ?? []
    return { name: name.toLowerCase(), filename: filename.split(/[\\/]/).at(-1)!, contentType: contentType.trim() }
  }

  /** The value of a field, as text. */
  async value(): Promise<string> {
    await this.#find(this.#end)
    return this.#held.subarray(0, this.#held.indexOf(this.#end)).toString('utf8')
  }

  /** The bytes of the file, while they come. What follows it is passed over, as S3 does. */
  async *file(): AsyncGenerator<Buffer> {
    this.#read = -Infinity
    for (;;) {
      const at = this.#held.indexOf(this.#end)
      if (at !== -1) {
        if (at > 0) yield this.#held.subarray(0, at)
        break
      }
      // The boundary may be cut in two.
      const sure = this.#held.length - this.#end.length
      if (sure > 0) {
        yield this.#held.subarray(0, sure)
        this.#held = this.#held.subarray(sure)
      }
      await this.#more()
    }
    while (!(await this.#iterator.next()).done);
  }

  async #find(what: Buffer): Promise<void> {
    while (!this.#held.includes(what)) await this.#more()
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#iterator.next()
    if (done) throw malformed()
    this.#read += value.length
    if (this.#read > LARGEST_FIELDS + value.length) throw new AwsError('MaxPostPreDataLengthExceededError', 'Your POST request fields preceding the upload file were too large.', 400)
    this.#held = Buffer.concat([this.#held, value])
  }
}

function malformed(): AwsError {
  return new AwsError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.', 400)
}
