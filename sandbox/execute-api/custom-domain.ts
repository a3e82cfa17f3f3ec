import type { WireRequest } from '../protocol/index'
import type { Sandbox } from '../sandbox'
import { mappingOf } from '../services/apigatewayv2/api-mappings'
import { findDomain } from '../services/apigatewayv2/domain-names'
import type { ApiAddress } from './address'

/** The hosts by which the sandbox itself is called most, and which are nobody's domain. */
const OWN_HOST = /^(localhost|[\d.]+|\[.*\])?$/

/** Signed for a service of AWS: nobody's domain name may draw such calls to itself, whatever name the sandbox is reached by. */
const OF_A_SERVICE = /\/(?!execute-api\/)[\w-]+\/aws4_request\b/

/**
 * The deployed API that a request to a custom domain name is for; an address of no API where the domain has no mapping
 * for the path; undefined where the host is no custom domain name.
 */
export async function customDomainAddress(sandbox: Sandbox, { headers, path, query }: Pick<WireRequest, 'path' | 'headers' | 'query'>): Promise<ApiAddress | undefined> {
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  if (OWN_HOST.test(host) || OF_A_SERVICE.test(headers.authorization ?? query.get('X-Amz-Credential') ?? '')) return undefined
  const domain = await findDomain(sandbox, host)
  if (!domain) return undefined
  const found = mappingOf(domain, path)
  if (!found) return { apiId: '', domainName: host, rest: path, sentPath: path }
  return { apiId: found.mapping.ApiId!, domainName: host, rest: found.mapping.Stage === undefined ? found.rest : `/${found.mapping.Stage}${found.rest}`, sentPath: path }
}
