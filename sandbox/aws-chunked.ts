import { createHash } from 'node:crypto'
import { AwsError } from './errors'

/** Holds signatures of chunks against what was read. Each throws where one does not fit. */
export interface ChunkVerifier {
  /** @param hash hex SHA-256 of the chunk's data */
  chunk(hash: string, signature: string | undefined): void
  /** @param text `name:value\n` of each trailing header */
  trailer(text: string, signature: string | undefined): void
}

const LONGEST_LINE = 8192
const SIGNATURE = 'x-amz-trailer-signature'

/**
 * Takes a body out of the `aws-chunked` encoding (S3 API reference, "Signature Calculations for the Authorization Header:
 * Transferring Payload in Multiple Chunks"): `SIZE[;chunk-signature=…]\r\n DATA \r\n` …, then trailing headers.
 * @param options.length bytes that the data must have; `expects` names of trailing headers that must come; `trailers` takes them
 * @throws AwsError where the encoding is broken, the data has another length, or a signature does not fit
 */
export async function* decodeChunked(
  source: AsyncIterable<Buffer>,
  options: { length: number | undefined; expects: string[]; trailers: Record<string, string>; verifier: ChunkVerifier | undefined },
): AsyncGenerator<Buffer> {
  if (options.length === undefined) throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411)
  const reader = new Reader(source)
  let total = 0
  for (;;) {
    const [size, signature] = parseHead(await reader.line())
    const hash = createHash('sha256')
    for (let left = size; left > 0; ) {
      const data = await reader.upTo(left)
      left -= data.length
      total += data.length
      if (options.verifier) hash.update(data)
      yield data
    }
    options.verifier?.chunk(hash.digest('hex'), signature)
    if (size === 0) break
    if ((await reader.line()) !== '') throw incomplete()
  }
  await readTrailers(reader, options)
  if (total !== options.length) throw incomplete()
}

async function readTrailers(reader: Reader, { expects, trailers, verifier }: { expects: string[]; trailers: Record<string, string>; verifier: ChunkVerifier | undefined }): Promise<void> {
  let signed = ''
  let signature: string | undefined
  for (let line = await reader.lastLine(); line !== ''; line = await reader.lastLine()) {
    const colon = line.indexOf(':')
    if (colon === -1) throw malformed()
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
    if (name === SIGNATURE) signature = value
    else {
      trailers[name] = value
      signed += `${name}:${value}\n`
    }
  }
  if (!expects.every((name) => trailers[name] !== undefined)) throw malformed()
  if (verifier && expects.length > 0) verifier.trailer(signed, signature)
}

function parseHead(line: string): [number, string | undefined] {
  const [, size, signature] = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? []
  if (size === undefined) throw incomplete()
  return [Number.parseInt(size, 16), signature]
}

/** Reads lines and data from a stream of buffers. */
class Reader {
  #held: Buffer = Buffer.alloc(0)
  readonly #iterator: AsyncIterator<Buffer>

  constructor(source: AsyncIterable<Buffer>) {
    this.#iterator = source[Symbol.asyncIterator]()
  }

  async line(): Promise<string> {
    const line = await this.#line()
    if (line === undefined) throw incomplete()
    return line
  }

  /** As {@link line}; the end of the body ends it too. */
  async lastLine(): Promise<string> {
    return (await this.#line()) ?? ''
  }

  /** At least one byte of data, at most so many. */
  async upTo(most: number): Promise<Buffer> {
    if (this.#held.length === 0 && !(await this.#more())) throw incomplete()
    const data = this.#held.subarray(0, most)
    this.#held = this.#held.subarray(data.length)
    return data
  }

  async #line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#held.indexOf('\n')
      if (end !== -1) {
        const line = this.#held.subarray(0, end).toString('latin1')
        this.#held = this.#held.subarray(end + 1)
        return line.endsWith('\r') ? line.slice(0, -1) : line
      }
      if (this.#held.length > LONGEST_LINE) throw incomplete()
      if (!(await this.#more())) return undefined
    }
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#iterator.next()
    if (done) return false
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value])
    return true
  }
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400)
}

function malformed(): AwsError {
  return new AwsError('MalformedTrailerError', 'The request contained trailing data that was not well-formed or did not conform to our published schema.', 400)
}
