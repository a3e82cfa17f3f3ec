import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AwsError } from './errors'
import type { Principal } from './operation'
import { openPayload } from './payload'
import type { WireRequest } from './protocol/index'
import { bucketInHost } from './services/s3/address'
import { readClaimV2, signV2, type ClaimV2 } from './signature-v2'

const ALGORITHM = 'AWS4-HMAC-SHA256'
const CLOCK_SKEW_MS = 15 * 60_000
const LONGEST_PRESIGNED_S = 604_800
/** Services that speak the Query protocol call it by a shorter name. */
const EXPIRED_TOKEN: Record<string, string> = { iam: 'ExpiredToken', sns: 'ExpiredToken', sts: 'ExpiredToken' }
const EMPTY_SHA256 = createHash('sha256').digest('hex')

/** What a request claims about its signature (AWS, "Signature Version 4 for API requests"). */
export interface SignatureClaim {
  accessKeyId: string
  date: string
  region: string
  service: string
  signedHeaders: string[]
  signature: string
  /** `20260102T030405Z` */
  timestamp: string
  sessionToken: string | undefined
  /** Seconds of life of a presigned request; undefined for a signature in the header. */
  expires: number | undefined
  /** The older signature of S3, in place of all that. */
  v2?: ClaimV2
  /** The policy of a browser's form, base64: what is signed then. */
  policy?: string
}

/** A key pair as the authenticator needs it. */
export interface Credential {
  secretAccessKey: string
  principal: Principal
  /** The token that must come with a temporary key. */
  sessionToken?: string
  /** Epoch ms after which a temporary key is dead. */
  expiresAt?: number
}

/** Reads the claim from the Authorization header or the presigned query; undefined where the request is not signed. */
export function readClaim(request: WireRequest): SignatureClaim | undefined {
  const header = request.headers.authorization
  if (header?.startsWith(ALGORITHM)) {
    const fields = Object.fromEntries(
      header.slice(ALGORITHM.length).split(',').map((part) => {
        const [name = '', ...value] = part.trim().split('=')
        return [name, value.join('=')]
      }),
    )
    const { Credential, SignedHeaders, Signature } = fields
    if (!Credential || !SignedHeaders || !Signature) {
      throw new AwsError('IncompleteSignature', 'Authorization header requires Credential, SignedHeaders and Signature.', 400)
    }
    return claim(Credential, SignedHeaders, Signature, request.headers['x-amz-date'] ?? basicDate(request.headers.date), request.headers['x-amz-security-token'])
  }
  if (request.query.get('X-Amz-Algorithm') === ALGORITHM) {
    const get = (name: string) => request.query.get(`X-Amz-${name}`) ?? ''
    const presigned = claim(get('Credential'), get('SignedHeaders'), get('Signature'), get('Date'), get('Security-Token') || undefined)
    const expires = Number(get('Expires') || 86_400)
    if (!Number.isInteger(expires) || expires < 1 || expires > LONGEST_PRESIGNED_S) {
      throw new AwsError('AuthorizationQueryParametersError', `X-Amz-Expires must be a number of seconds between 1 and ${LONGEST_PRESIGNED_S}.`, 400)
    }
    return { ...presigned, expires }
  }
  if (request.form) return claimOfForm(request.form)
  const v2 = readClaimV2(request)
  return v2 && { ...v2, date: '', region: 'us-east-1', service: 's3', signedHeaders: [], timestamp: '', expires: undefined, v2 }
}

/** Browsers upload with a form whose policy is signed (S3 API reference, "Browser-Based Uploads Using POST"). */
function claimOfForm(form: Record<string, string>): SignatureClaim | undefined {
  if (form.policy === undefined) return undefined
  const { 'x-amz-credential': credential = '', 'x-amz-signature': signature = '', 'x-amz-date': timestamp } = form
  if (form['x-amz-algorithm'] !== ALGORITHM) throw new AwsError('InvalidArgument', `Bucket POST must contain a field named 'x-amz-algorithm' with the value ${ALGORITHM}.`, 400)
  return { ...claim(credential, 'host', signature, timestamp, form['x-amz-security-token']), policy: form.policy }
}

function claim(credential: string, signedHeaders: string, signature: string, timestamp: string | undefined, sessionToken: string | undefined): SignatureClaim {
  const [accessKeyId, date, region, service, end] = credential.split('/')
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request') {
    throw new AwsError('IncompleteSignature', `Credential must have 5 slash-delimited elements, got '${credential.slice(0, 200)}'.`, 400)
  }
  if (!timestamp || !/^\d{8}T\d{6}Z$/.test(timestamp)) {
    throw new AwsError('IncompleteSignature', "Authorization requires a valid 'X-Amz-Date' (YYYYMMDD'T'HHMMSS'Z').", 400)
  }
  if (!timestamp.startsWith(date)) {
    throw new AwsError('SignatureDoesNotMatch', `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date.slice(0, 20)}' != '${timestamp.slice(0, 8)}'.`, 403)
  }
  if (!signedHeaders.split(';').includes('host')) throw new AwsError('SignatureDoesNotMatch', "'Host' must be a 'SignedHeader' in the Authorization.", 403)
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature, timestamp, sessionToken, expires: undefined }
}

function basicDate(date: string | undefined): string | undefined {
  const parsed = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/**
 * Verifies a claim against the key that it names.
 * @throws AwsError SignatureDoesNotMatch, ExpiredTokenException (ExpiredToken), InvalidClientTokenId as AWS does
 */
export function verify(request: WireRequest, claimed: SignatureClaim, credential: Credential, now: number): void {
  if (credential.sessionToken !== undefined && credential.sessionToken !== claimed.sessionToken) {
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
  }
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) {
    throw new AwsError(EXPIRED_TOKEN[claimed.service] ?? 'ExpiredTokenException', 'The security token included in the request is expired', 403)
  }
  if (claimed.v2) return verifyV2(request, claimed.v2, credential, now)
  if (claimed.policy !== undefined) return requireSame(hmac(signingKey(credential.secretAccessKey, claimed), claimed.policy).toString('hex'), claimed.signature)
  const signedAt = Date.parse(claimed.timestamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  // A time that is none (the 99th of a month) is as good as no signature.
  const age = Number.isNaN(signedAt) ? Infinity : now - signedAt
  const isStale = age < -CLOCK_SKEW_MS || age > (claimed.expires === undefined ? CLOCK_SKEW_MS : claimed.expires * 1000)
  if (isStale && claimed.service === 's3') throw staleForS3(claimed, signedAt, now)
  if (isStale) {
    throw new AwsError('SignatureDoesNotMatch', `Signature expired: ${claimed.timestamp} is not within 15 minutes of the sandbox's clock (${new Date(now).toISOString()}).`, 403)
  }
  requireSame(sign(request, claimed, credential.secretAccessKey), claimed.signature)
  if (claimed.service !== 's3') return
  requireSignedHeaders(request, claimed)
  openPayload(request, { ...claimed, key: signingKey(credential.secretAccessKey, claimed) })
}

function verifyV2(request: WireRequest, claimed: ClaimV2, credential: Credential, now: number): void {
  const at = claimed.expires === undefined ? Date.parse(request.headers['x-amz-date'] ?? request.headers.date ?? '') : Number(claimed.expires) * 1000
  if (claimed.expires !== undefined ? !(now <= at) : !(Math.abs(now - at) <= CLOCK_SKEW_MS)) {
    throw claimed.expires === undefined
      ? new AwsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403)
      : new AwsError('AccessDenied', 'Request has expired', 403, { Expires: Number.isNaN(at) ? claimed.expires : new Date(at).toISOString(), ServerTime: new Date(now).toISOString() })
  }
  requireSame(signV2(request, claimed, credential.secretAccessKey, bucketInHost((request.headers.host ?? '').toLowerCase())), claimed.signature)
  openPayload(request)
}

/** @throws AwsError SignatureDoesNotMatch */
function requireSame(computed: string, claimed: string): void {
  const [expected, given] = [Buffer.from(computed), Buffer.from(claimed)]
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      403,
    )
  }
}

/**
 * What S3 is told by headers must be signed: who holds a link to write one object must not turn it into a copy of another.
 * The hash of the payload is in the signature whether or not its header is.
 * @throws AwsError AccessDenied
 */
function requireSignedHeaders({ headers }: WireRequest, { signedHeaders }: SignatureClaim): void {
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name))
  if (unsigned.length > 0) throw new AwsError('AccessDenied', 'There were headers present in the request which were not signed', 403, { HeadersNotSigned: unsigned.join(', ') })
}

/** S3 tells a clock that is wrong and a link that has ended apart (S3 API reference, "Error responses"). */
function staleForS3({ expires }: SignatureClaim, signedAt: number, now: number): AwsError {
  if (expires === undefined || now < signedAt) return new AwsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403)
  const members = { 'X-Amz-Expires': expires, Expires: new Date(signedAt + expires * 1000).toISOString(), ServerTime: new Date(now).toISOString() }
  return new AwsError('AccessDenied', 'Request has expired', 403, members)
}

function sign(request: WireRequest, claimed: SignatureClaim, secret: string): string {
  const payloadHash = claimed.service === 's3' ? payloadHashForS3(request, claimed) : payloadHashOf(request)
  const canonical = [
    request.method,
    canonicalPath(request.path, claimed.service),
    canonicalQuery(request.query),
    ...claimed.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    claimed.signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
  const scope = [claimed.date, claimed.region, claimed.service, 'aws4_request'].join('/')
  const text = [ALGORITHM, claimed.timestamp, scope, sha256(canonical)].join('\n')
  return hmac(signingKey(secret, claimed), text).toString('hex')
}

function payloadHashOf({ body, headers }: WireRequest): string {
  const named = headers['x-amz-content-sha256']
  // A payload hash that the client names is only as good as the payload: it is compared, not trusted.
  return named === 'UNSIGNED-PAYLOAD' ? named : body.length === 0 ? EMPTY_SHA256 : sha256(body)
}

/** S3 signs what the header says of the payload; openPayload holds the payload against it. */
function payloadHashForS3({ headers, query }: WireRequest, claimed: SignatureClaim): string {
  const named = headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256') ?? undefined
  if (named === undefined && claimed.expires === undefined) throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', 400)
  return named ?? 'UNSIGNED-PAYLOAD'
}

const signingKeys = new Map<string, Buffer>()

function signingKey(secret: string, { date, region, service }: SignatureClaim): Buffer {
  const name = [secret, date, region, service].join('/')
  let key = signingKeys.get(name)
  if (!key) {
    if (signingKeys.size > 1000) signingKeys.clear()
    key = [date, region, service, 'aws4_request'].reduce((k: Buffer | string, part) => hmac(k, part), `AWS4${secret}`) as Buffer
    signingKeys.set(name, key)
  }
  return key
}

/** Every service but S3 encodes the already encoded path once more. */
function canonicalPath(path: string, service: string): string {
  return service === 's3' ? path : path.split('/').map(encode).join('/')
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('&')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
