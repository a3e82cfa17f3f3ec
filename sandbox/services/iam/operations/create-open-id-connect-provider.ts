import { CreateOpenIDConnectProvider$, EntityAlreadyExistsException, type CreateOpenIDConnectProviderRequest, type CreateOpenIDConnectProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, newTags, requestTags } from '../entities'
import { nameOf, providerArn, readThumbprints } from '../oidc-providers'
import { requireRoom } from '../quotas'
import { oidcProviders, type OidcProvider } from '../records'

/** Makes an issuer of web identities known to the account, for trust policies to name. */
export const createOpenIdConnectProvider = operation<CreateOpenIDConnectProviderRequest, CreateOpenIDConnectProviderResponse>(CreateOpenIDConnectProvider$, {
  resource: ({ account, input }) => providerArn(account, input.Url!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    const arn = providerArn(account, input.Url!)
    const tags = await newTags(call, 'iam:TagOpenIDConnectProvider', arn)
    const thumbprints = readThumbprints(input.ThumbprintList)
    return change(call, async () => {
      if (await sandbox.store.get(oidcProviders, account, arn)) {
        throw new EntityAlreadyExistsException({ message: `Provider with url ${input.Url} already exists.`, $metadata: {} })
      }
      requireRoom('OpenIdConnectProvidersPerAccount', (await sandbox.store.list(oidcProviders, account)).length)
      const provider: OidcProvider = { arn, url: nameOf(input.Url!), clientIds: [...new Set(input.ClientIDList)], thumbprints, createdAt: new Date(sandbox.now()).toISOString(), tags }
      await sandbox.store.put(oidcProviders, account, arn, provider)
      return { OpenIDConnectProviderArn: arn, ...(tags.length > 0 ? { Tags: tags } : {}) }
    })
  },
})
