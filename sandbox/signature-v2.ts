import { createHmac } from 'node:crypto'
import type { WireRequest } from './protocol/index'

/** Parameters of the query that belong to the resource (S3 user guide, "Signing and authenticating REST requests", Signature Version 2). */
const SUBRESOURCES = new Set([
  ...['accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'inventory', 'lifecycle', 'location', 'logging', 'metrics', 'notification', 'object-lock', 'ownershipControls', 'partNumber', 'policy', 'policyStatus', 'publicAccessBlock'],
  ...['replication', 'requestPayment', 'restore', 'select', 'select-type', 'storageClass', 'tagging', 'torrent', 'uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website'],
  ...['response-cache-control', 'response-content-disposition', 'response-content-encoding', 'response-content-language', 'response-content-type', 'response-expires'],
])

/** What a request claims by the older signature, which boto3 still makes links with. */
export interface ClaimV2 {
  accessKeyId: string
  signature: string
  sessionToken: string | undefined
  /** Epoch seconds at which a link ends, as it was signed; undefined where the signature is in a header. */
  expires: string | undefined
}

/** Reads the claim from the Authorization header or the query; undefined where there is none. */
export function readClaimV2({ headers, query }: WireRequest): ClaimV2 | undefined {
  const [, inHeader, signature] = /^AWS ([^:\s]+):(\S+)$/.exec(headers.authorization ?? '') ?? []
  if (inHeader !== undefined) return { accessKeyId: inHeader, signature: signature!, sessionToken: headers['x-amz-security-token'], expires: undefined }
  const [accessKeyId, given, expires] = [query.get('AWSAccessKeyId'), query.get('Signature'), query.get('Expires')]
  if (accessKeyId === null || given === null || expires === null) return undefined
  return { accessKeyId, signature: given, sessionToken: query.get('x-amz-security-token') ?? undefined, expires }
}

/**
 * The signature that a request should have.
 * @param bucketInHost the bucket where host and not path names it
 */
export function signV2({ method, path, query, headers }: WireRequest, { expires }: ClaimV2, secret: string, bucketInHost: string | undefined): string {
  const own = Object.entries({ ...Object.fromEntries([...query].filter(([name]) => name.startsWith('x-amz-'))), ...headers }).filter(([name]) => name.startsWith('x-amz-'))
  const parameters = [...query].filter(([name]) => SUBRESOURCES.has(name)).sort(([a], [b]) => (a < b ? -1 : 1))
  const resource = (bucketInHost === undefined ? '' : `/${bucketInHost}`) + path + (parameters.length === 0 ? '' : `?${parameters.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&')}`)
  const text = [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    expires ?? (headers['x-amz-date'] === undefined ? (headers.date ?? '') : ''),
    ...own.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value.trim()}`),
    resource,
  ].join('\n')
  return createHmac('sha1', secret).update(text).digest('base64')
}
