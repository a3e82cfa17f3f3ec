import { GetOpenIDConnectProvider$, type GetOpenIDConnectProviderRequest, type GetOpenIDConnectProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC } from '../oidc-providers'
import { storedContext } from '../stored'

/** An issuer of web identities with its audiences. */
export const getOpenIdConnectProvider = operation<GetOpenIDConnectProviderRequest, GetOpenIDConnectProviderResponse>(GetOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    const { url, clientIds, thumbprints, createdAt, tags } = await OIDC.require(call, call.input.OpenIDConnectProviderArn!)
    return { Url: url, ClientIDList: clientIds, ThumbprintList: thumbprints, CreateDate: new Date(createdAt), ...(tags.length > 0 ? { Tags: tags } : {}) }
  },
})
