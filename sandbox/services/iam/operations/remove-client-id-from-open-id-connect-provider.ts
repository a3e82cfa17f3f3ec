import { RemoveClientIDFromOpenIDConnectProvider$, type RemoveClientIDFromOpenIDConnectProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC } from '../oidc-providers'
import { editStored, storedContext } from '../stored'

/** Takes an audience from an issuer of web identities; one that is not there makes no difference. */
export const removeClientIdFromOpenIdConnectProvider = operation<RemoveClientIDFromOpenIDConnectProviderRequest, Record<string, never>>(RemoveClientIDFromOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    await editStored(call, OIDC, call.input.OpenIDConnectProviderArn!, (provider) => {
      provider.clientIds = provider.clientIds.filter((id) => id !== call.input.ClientID)
    })
    return {}
  },
})
