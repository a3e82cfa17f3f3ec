import { AddClientIDToOpenIDConnectProvider$, type AddClientIDToOpenIDConnectProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC } from '../oidc-providers'
import { requireRoom } from '../quotas'
import { editStored, storedContext } from '../stored'

/** Makes one more audience known to an issuer of web identities; again makes no difference. */
export const addClientIdToOpenIdConnectProvider = operation<AddClientIDToOpenIDConnectProviderRequest, Record<string, never>>(AddClientIDToOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    const { ClientID, OpenIDConnectProviderArn } = call.input
    await editStored(call, OIDC, OpenIDConnectProviderArn!, (provider) => {
      if (provider.clientIds.includes(ClientID!)) return
      requireRoom('ClientIdsPerOpenIdConnectProvider', provider.clientIds.length)
      provider.clientIds.push(ClientID!)
    })
    return {}
  },
})
