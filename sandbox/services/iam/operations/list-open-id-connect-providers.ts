import { ListOpenIDConnectProviders$, type ListOpenIDConnectProvidersResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { oidcProviders } from '../records'

/** The ARNs of the account's issuers of web identities. */
export const listOpenIdConnectProviders = operation<Record<string, never>, ListOpenIDConnectProvidersResponse>(ListOpenIDConnectProviders$, {
  resource: () => '*',
  async run({ sandbox, account }) {
    return { OpenIDConnectProviderList: (await sandbox.store.list(oidcProviders, account)).map(({ key }) => ({ Arn: key })) }
  },
})
