import { ListSAMLProviderTags$, type ListSAMLProviderTagsRequest, type ListSAMLProviderTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SAML } from '../saml-providers'
import { pageOfTags } from '../page'
import { storedContext } from '../stored'

/** The tags of an issuer of SAML assertions. */
export const listSamlProviderTags = operation<ListSAMLProviderTagsRequest, ListSAMLProviderTagsResponse>(ListSAMLProviderTags$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: (call) => storedContext(call, SAML, call.input.SAMLProviderArn!),
  run: async (call) => pageOfTags((await SAML.require(call, call.input.SAMLProviderArn!)).tags, call.input),
})
