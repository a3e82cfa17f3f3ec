import { GetOpenIDConnectProvider$, type GetOpenIDConnectProviderRequest, type GetOpenIDConnectProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { providerContext, requireProvider } from '../oidc-providers'

/** An issuer of web identities with its audiences. */
export const getOpenIdConnectProvider = operation<GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse>(GetOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => providerContext(call, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    const { url, clientIds, thumbprints, createdAt, tags } = await requireProvider(call, call.input.OpenIDConnectProviderArn!)
    return { Url: url, ClientIDList: clientIds, ThumbprintList: thumbprints, CreateDate: new Date(createdAt), ...(tags.length > 0 ? { Tags: tags } : {}) }
  },
})
