import { createHash, createHmac, type BinaryLike } from 'node:crypto'
import { request, type Agent } from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { ClientConfig } from './testing'

/** A request as tests send it by hand, past the SDK's own checks. */
export interface RawRequest {
  service: string
  method: string
  /** Percent-encoded. */
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Buffer
}

export interface RawResponse {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

const TIMEOUT_MS = 15_000

/** Signs a request rightly, whatever is in it, sends it, and gives the answer. Fails where none comes within 15 seconds. */
export async function sendSigned(config: ClientConfig, { service, method, path, query = {}, headers = {}, body = Buffer.alloc(0) }: RawRequest, agent?: Agent): Promise<RawResponse> {
  const url = new URL(config.endpoint)
  const signer = new SignatureV4({ service, uriEscapePath: service !== 's3', region: config.region, credentials: config.credentials, sha256: NodeSha256 as never })
  const signed = await signer.sign({ method, protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path, query, headers: { ...headers, host: url.host }, body })
  const search = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: url.hostname, port: url.port, method, path: search === '' ? path : `${path}?${search}`, headers: { ...signed.headers, 'content-length': body.length }, timeout: TIMEOUT_MS, ...(agent ? { agent } : {}) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }))
        response.on('error', reject)
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer within ${TIMEOUT_MS} ms to ${method} ${path}`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

class NodeSha256 {
  readonly #hash
  constructor(secret?: BinaryLike) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  }
  update(data: BinaryLike): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}
