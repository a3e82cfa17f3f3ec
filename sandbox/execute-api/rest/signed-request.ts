import { createHash, createHmac, type BinaryLike } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Session } from '../../credentials'
import type { Pairs } from '../pairs'

/** A request to a service of the sandbox itself. */
export interface ServiceRequest {
  service: string
  region: string
  session: Session
  method: string
  /** Percent-encoded. */
  path: string
  query: Pairs
  headers: Pairs
  body: Buffer
}

/** Signs a request (SigV4) for the sandbox at that address; gives what `fetch` takes. */
export async function signed(sandbox: URL, { service, region, session, method, path, query, headers, body }: ServiceRequest): Promise<{ url: URL; init: RequestInit }> {
  const url = new URL(path, sandbox)
  for (const [name, value] of query) url.searchParams.append(name, value)
  const signer = new SignatureV4({ service, region, credentials: session, sha256: NodeSha256 as never, uriEscapePath: service !== 's3' })
  const byName: Record<string, string[]> = {}
  for (const [name, value] of query) byName[name] = [...(byName[name] ?? []), value]
  const request = await signer.sign({ method, protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path: url.pathname, query: byName, headers: { ...lowerCased(headers), host: url.host }, body })
  const { host: _, ...sent } = request.headers
  return { url, init: { method, headers: sent, ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }) } }
}

/** Headers of the connection are the call's own. */
function lowerCased(headers: Pairs): Record<string, string> {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]).filter(([name]) => !/^(host|connection|content-length|transfer-encoding|authorization)$/.test(name!)))
}

class NodeSha256 {
  readonly #hash

  constructor(secret?: BinaryLike) {
    this.#hash = secret ? createHmac('sha256', secret) : createHash('sha256')
  }

  update(data: BinaryLike): void {
    this.#hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}
