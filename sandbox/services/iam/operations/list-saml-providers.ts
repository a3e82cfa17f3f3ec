import { ListSAMLProviders$, type ListSAMLProvidersResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { samlProviders } from '../records'

/** The account’s issuers of SAML assertions. */
export const listSamlProviders = operation<Record<string, never>, ListSAMLProvidersResponse>(ListSAMLProviders$, {
  resource: () => '*',
  async run({ sandbox, account }) {
    const found = await sandbox.store.list(samlProviders, account)
    return { SAMLProviderList: found.map(({ value }) => ({ Arn: value.arn, CreateDate: new Date(value.createdAt), ValidUntil: new Date(value.validUntil) })) }
  },
})
