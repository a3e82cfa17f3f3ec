import { invalidInput, notFound } from './entities'
import { requireRoom } from './quotas'
import { oidcProviders, type OidcProvider } from './records'
import type { Stored } from './stored'

/** `arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com` @throws InvalidInputException where the URL is none */
export function providerArn(account: string, url: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${nameOf(url)}`
}

/**
 * Host and path of an issuer's URL, which must be https and without query (API reference, CreateOpenIDConnectProvider); http only on
 * loopback, where the sandbox's own deployed APIs are. @throws InvalidInputException
 */
export function nameOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isLoopback = parsed?.protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|(.+\.)?localhost)$/.test(parsed.hostname)
  if (!parsed || (parsed.protocol !== 'https:' && !isLoopback) || parsed.search !== '' || parsed.hash !== '') {
    throw invalidInput('Invalid Open ID Connect Provider URL')
  }
  return `${parsed.host}${parsed.pathname}`.replace(/\/$/, '')
}

/** Providers, by ARN. */
export const OIDC: Stored<OidcProvider> = {
  collection: oidcProviders,
  async require({ sandbox, account }, arn) {
    if (!/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/.+/.test(arn)) throw invalidInput(`Invalid ARN:  ${arn}`)
    const provider = await sandbox.store.get(oidcProviders, account, arn)
    if (!provider) throw notFound(`OpenIDConnect Provider not found for arn ${arn}`)
    return provider
  },
}

/** SHA-1 thumbprints of certificates. @throws InvalidInputException where one is none, LimitExceededException */
export function readThumbprints(thumbprints: string[] = []): string[] {
  if (!thumbprints.every((one) => /^[0-9A-Fa-f]{40}$/.test(one))) throw invalidInput('Thumbprint must be a 40-character hexadecimal value.')
  if (thumbprints.length > 0) requireRoom('ThumbprintsPerOpenIdConnectProvider', thumbprints.length - 1)
  return thumbprints
}
