import { InvalidInputException } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { invalidInput, notFound, resourceTags } from './entities'
import { oidcProviders, type OidcProvider } from './records'

/** `arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com` @throws InvalidInputException where the URL is none */
export function providerArn(account: string, url: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${nameOf(url)}`
}

/** Host and path of an issuer's URL, which must be https and without query (API reference, CreateOpenIDConnectProvider). @throws InvalidInputException */
export function nameOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'https:' || parsed.search !== '' || parsed.hash !== '') {
    throw new InvalidInputException({ message: 'Invalid Open ID Connect Provider URL', $metadata: {} })
  }
  return `${parsed.host}${parsed.pathname}`.replace(/\/$/, '')
}

/** The provider of that ARN. @throws NoSuchEntityException, InvalidInputException where it is none of a provider */
export async function requireProvider({ sandbox, account }: Call, arn: string): Promise<OidcProvider> {
  if (!/^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/.+/.test(arn)) throw invalidInput(`Invalid ARN:  ${arn}`)
  const provider = await sandbox.store.get(oidcProviders, account, arn)
  if (!provider) throw notFound(`OpenIDConnect Provider not found for arn ${arn}`)
  return provider
}

/** Condition keys of a call on a provider: its tags. */
export async function providerContext({ sandbox, account }: Call, arn: string): Promise<Record<string, string>> {
  return resourceTags((await sandbox.store.get(oidcProviders, account, arn))?.tags)
}
