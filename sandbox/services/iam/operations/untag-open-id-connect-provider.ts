import { UntagOpenIDConnectProvider$, type UntagOpenIDConnectProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC } from '../oidc-providers'
import { editStored, storedContext } from '../stored'

/** Takes tags off an issuer of web identities. */
export const untagOpenIdConnectProvider = operation<UntagOpenIDConnectProviderRequest, Record<string, never>>(UntagOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: async (call) => ({ ...(await storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editStored(call, OIDC, call.input.OpenIDConnectProviderArn!, (one) => {
      one.tags = one.tags.filter((tag) => !call.input.TagKeys!.includes(tag.Key))
    })
    return {}
  },
})
