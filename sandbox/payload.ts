import { createHash, createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { decodeChunked, type ChunkVerifier } from './aws-chunked'
import { AwsError } from './errors'
import type { WireRequest } from './protocol/index'

/** What the chunks of a signed body are held against. */
export interface PayloadSigner {
  timestamp: string
  date: string
  region: string
  service: string
  /** Of the request's head; the first chunk's goes on from it. */
  signature: string
  key: Buffer
}

const EMPTY_SHA256 = createHash('sha256').digest('hex')
interface Trailers {
  /** Names that the head announced. */
  announced: string[]
  /** There once the body was read to its end. */
  values: Record<string, string>
}

const trailersOf = new WeakMap<Readable, Trailers>()

/** The trailing headers of a body. */
export function trailers(stream: Readable): Trailers {
  return trailersOf.get(stream) ?? { announced: [], values: {} }
}

/**
 * Makes of a request's body what its sender meant: takes it out of its `aws-chunked` coat and holds it against the hash
 * that the head named. A body that comes as a stream fails at its end where it does not fit.
 * @param signer undefined where nobody knows the key, so that signatures of chunks cannot be verified
 * @throws AwsError XAmzContentSHA256Mismatch
 */
export function openPayload(request: WireRequest, signer?: PayloadSigner): void {
  const named = request.headers['x-amz-content-sha256']
  const isHash = named !== undefined && /^[0-9a-f]{64}$/i.test(named)
  if (!request.stream) {
    if (isHash) checkHash(named, createHash('sha256').update(request.body).digest('hex'))
    return
  }
  const found: Trailers = { announced: namesOf(request.headers['x-amz-trailer']), values: {} }
  const raw = request.stream
  const opened = named?.startsWith('STREAMING-')
    ? decodeChunked(keptOpen(raw), {
        length: numberOf(request.headers['x-amz-decoded-content-length']),
        trailers: found.values,
        expects: found.announced,
        verifier: signer && named.startsWith('STREAMING-AWS4-HMAC-SHA256') ? chunkVerifier(signer) : undefined,
      })
    : isHash
      ? hashed(raw, named)
      : undefined
  if (!opened) return
  request.stream = Readable.from(opened, { objectMode: false })
  trailersOf.set(request.stream, found)
}

/** The chunks of a stream, which stays open where its reader ends early: an answer goes back over the same connection. */
export function keptOpen(stream: Readable): AsyncIterable<Buffer> {
  return stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
}

async function* hashed(source: Readable, named: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of keptOpen(source)) {
    hash.update(chunk)
    yield chunk
  }
  checkHash(named, hash.digest('hex'))
}

function checkHash(named: string, computed: string): void {
  if (named.toLowerCase() === computed) return
  throw new AwsError('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.", 400, {
    ClientComputedContentSHA256: named,
    S3ComputedContentSHA256: computed,
  })
}

/** Each chunk is signed on top of the one before it (S3 API reference, "Signature calculations … chunked upload"). */
function chunkVerifier({ timestamp, date, region, service, signature, key }: PayloadSigner): ChunkVerifier {
  let before = signature
  const scope = `${date}/${region}/${service}/aws4_request`
  const verify = (algorithm: string, rest: string[], given: string | undefined) => {
    const expected = createHmac('sha256', key).update([algorithm, timestamp, scope, before, ...rest].join('\n')).digest('hex')
    if (given !== expected) throw new AwsError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', 403)
    before = expected
  }
  return {
    chunk: (hash, given) => verify('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, hash], given),
    trailer: (text, given) => verify('AWS4-HMAC-SHA256-TRAILER', [createHash('sha256').update(text).digest('hex')], given),
  }
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function namesOf(text: string | undefined): string[] {
  return (text ?? '').split(',').map((name) => name.trim().toLowerCase()).filter(Boolean)
}
