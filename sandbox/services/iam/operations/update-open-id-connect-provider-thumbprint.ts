import { UpdateOpenIDConnectProviderThumbprint$, type UpdateOpenIDConnectProviderThumbprintRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { OIDC, readThumbprints } from '../oidc-providers'
import { editStored, storedContext } from '../stored'

/** Replaces the thumbprints of an issuer of web identities. */
export const updateOpenIdConnectProviderThumbprint = operation<UpdateOpenIDConnectProviderThumbprintRequest, Record<string, never>>(UpdateOpenIDConnectProviderThumbprint$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    const thumbprints = readThumbprints(call.input.ThumbprintList)
    await editStored(call, OIDC, call.input.OpenIDConnectProviderArn!, (provider) => {
      provider.thumbprints = thumbprints
    })
    return {}
  },
})
