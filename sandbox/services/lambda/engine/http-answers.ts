import type { IncomingMessage, ServerResponse } from 'node:http'

/** Reads a body; gives undefined for one over the limit, which is read to its end and dropped. */
export function collect(request: IncomingMessage, limit: number, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= limit) chunks.push(chunk)
    else chunks.length = 0
  })
  request.on('end', () => done(bytes <= limit ? Buffer.concat(chunks) : undefined))
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: object | string, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), ...headers }).end(text)
}
