import { DeleteOpenIDConnectProvider$, type DeleteOpenIDConnectProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change } from '../entities'
import { OIDC } from '../oidc-providers'
import { oidcProviders } from '../records'
import { storedContext } from '../stored'

/** Forgets an issuer of web identities. Roles that trust it stay. */
export const deleteOpenIdConnectProvider = operation<DeleteOpenIDConnectProviderRequest, Record<string, never>>(DeleteOpenIDConnectProvider$, {
  resource: ({ input }) => input.OpenIDConnectProviderArn!,
  context: (call) => storedContext(call, OIDC, call.input.OpenIDConnectProviderArn!),
  async run(call) {
    return change(call, async () => {
      const { arn } = await OIDC.require(call, call.input.OpenIDConnectProviderArn!)
      await call.sandbox.store.delete(oidcProviders, call.account, arn)
      return {}
    })
  },
})
