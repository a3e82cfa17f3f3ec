import { ListOpenIDConnectProviderTags$, type ListOpenIDConnectProviderTagsRequest, type ListOpenIDConnectProviderTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC } from '../oidc-providers'
import { pageOfTags } from '../page'
import { storedContext } from '../stored'

/** The tags of an issuer of web identities. */
export const listOpenIdConnectProviderTags = operation<ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse>(ListOpenIDConnectProviderTags$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  run: async (call) => pageOfTags((await OIDC.require(call, call.input.OpenIDConnectProviderArn!)).tags, call.input),
})
