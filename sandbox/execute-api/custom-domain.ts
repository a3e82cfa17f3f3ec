import type { WireRequest } from '../protocol/index'
import type { Sandbox } from '../sandbox'
import { mappingOf } from '../services/apigatewayv2/api-mappings'
import { findDomain } from '../services/apigatewayv2/domain-names'
import { bucketInHost, isS3Host } from '../services/s3/address'
import { findBucket } from '../services/s3/buckets'
import type { ApiAddress } from './address'

/** The hosts by which the sandbox itself is called most, and which are nobody's domain. */
const OWN_HOST = /^(localhost|[\d.]+|\[.*\])?$/

/** Signed for a service of AWS: nobody's domain name may draw such calls to itself, whatever name the sandbox is reached by. */
const OF_A_SERVICE = /\/(?!execute-api\/)[\w-]+\/aws4_request\b/

/**
 * The deployed API that a request to a custom domain name is for; an address of no API where the domain has no mapping
 * for the path; undefined where the host is no custom domain name.
 */
export async function customDomainAddress(sandbox: Sandbox, { headers, method, path, query }: Pick<WireRequest, 'method' | 'path' | 'headers' | 'query'>): Promise<ApiAddress | undefined> {
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  if (OWN_HOST.test(host) || OF_A_SERVICE.test(headers.authorization ?? query.get('X-Amz-Credential') ?? '')) return undefined
  if (isS3Host({ headers, method, path, query }) || query.has('AWSAccessKeyId') || (headers.authorization ?? '').startsWith('AWS ')) return undefined
  const bucket = bucketInHost(host)
  if (bucket !== undefined && (await findBucket(sandbox, bucket))) return undefined
  const domain = await findDomain(sandbox, host)
  if (!domain) return undefined
  const found = mappingOf(domain, path)
  if (!found) return { apiId: '', domainName: host, rest: path, sentPath: path }
  return { apiId: found.mapping.ApiId!, domainName: host, rest: found.mapping.Stage === undefined ? found.rest : `/${found.mapping.Stage}${found.rest}`, sentPath: path }
}
