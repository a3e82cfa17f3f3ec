import { TagOpenIDConnectProvider$, type TagOpenIDConnectProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { OIDC } from '../oidc-providers'
import { editStored, storedContext } from '../stored'

/** Puts tags on an issuer of web identities. */
export const tagOpenIdConnectProvider = operation<TagOpenIDConnectProviderRequest, Record<string, never>>(TagOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: async (call) => ({ ...(await storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editStored(call, OIDC, call.input.OpenIDConnectProviderArn!, (one) => {
      one.tags = mergeTags(one.tags, call.input.Tags!)
    })
    return {}
  },
})
