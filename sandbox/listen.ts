import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import type { Located } from './operation'
import type { WireRequest, WireResponse } from './protocol/index'

/** Lambda's own limit of a request: 50 MB of zip as base64 in JSON, and some. */
export const LARGEST_BODY = 70_167_211

/** Answers one whole request; must not throw. */
export type Answer = (request: WireRequest, peer: { address: string; signal: AbortSignal }) => Promise<WireResponse>

/**
 * Serves HTTP; reads bodies whole up to {@link LARGEST_BODY} and gives 413 beyond.
 * @param isStreamed tells by the head of a request whether its body is to be read by whoever answers, while it comes
 */
export async function listen(options: { port: number; host: string }, answer: Answer, isStreamed: (head: Located) => boolean = () => false): Promise<{ server: Server; port: number }> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    serve(incoming, outgoing, answer, isStreamed).catch((error) => {
      console.error(error)
      outgoing.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer, isStreamed: (head: Located) => boolean): Promise<void> {
  const aborter = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) aborter.abort()
  })
  const [path = '/', query = ''] = splitOnce(incoming.url ?? '/', '?')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value.join(',') : (value ?? '')
  if (headers.cookie !== undefined) headers.cookie = withoutSessions(headers.cookie)
  const rawHeaders = headers.cookie === undefined ? incoming.rawHeaders : incoming.rawHeaders.map((text, i, all) => (i % 2 === 1 && all[i - 1]!.toLowerCase() === 'cookie' ? withoutSessions(text) : text))
  const head = { method: incoming.method ?? 'GET', path, query: new URLSearchParams(query), rawQuery: query, headers, rawHeaders }
  const stream = isStreamed(head) ? incoming : undefined
  const body = stream ? Buffer.alloc(0) : await readBody(incoming)
  if (body === undefined) return send(outgoing, tooLarge())
  const request = { ...head, body, ...(stream ? { stream } : {}) }
  send(outgoing, await answer(request, { address: incoming.socket.remoteAddress ?? '127.0.0.1', signal: aborter.signal }))
  // What nobody wanted of a body is read and thrown away, so that the client gets to see the answer.
  stream?.removeAllListeners('readable').resume()
}

function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      // The rest is read and thrown away, so that the client gets to see the answer.
      if (size <= LARGEST_BODY) chunks.push(chunk)
      else chunks.length = 0
      if (size > 2 * LARGEST_BODY) {
        incoming.destroy()
        resolve(undefined)
      }
    })
    incoming.once('end', () => resolve(size > LARGEST_BODY ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    incoming.once('error', reject)
    incoming.once('close', () => incoming.complete || reject(new Error('The client went away in the middle of its request.')))
  })
}

function tooLarge(): WireResponse {
  const message = `Request must be smaller than ${LARGEST_BODY} bytes`
  return {
    status: 413,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'RequestEntityTooLargeException' },
    body: Buffer.from(JSON.stringify({ Type: 'User', Message: message, message })),
  }
}

function send(outgoing: ServerResponse, { status, headers, body, stream }: WireResponse): void {
  if (stream) {
    outgoing.writeHead(status, headers)
    // A stream that breaks off breaks the connection, which is how its reader learns of it.
    return void pipeline(stream, outgoing, () => {})
  }
  outgoing.writeHead(status, { 'content-length': body.length, ...headers })
  outgoing.end(body)
}

/** Cookies know no ports, so a browser sends Worklab's session here too; learners' code must never see it. */
function withoutSessions(cookies: string): string {
  return cookies.split(/;\s*/).filter((cookie) => !/^(worklab-session|(__(Secure|Host)-)?next-auth\.)/.test(cookie)).join('; ')
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
