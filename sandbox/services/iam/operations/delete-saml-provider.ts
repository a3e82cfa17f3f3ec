import { DeleteSAMLProvider$, type DeleteSAMLProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change } from '../entities'
import { samlProviders } from '../records'
import { SAML } from '../saml-providers'
import { storedContext } from '../stored'

/** Forgets an issuer of SAML assertions. Roles that trust it stay. */
export const deleteSamlProvider = operation<DeleteSAMLProviderRequest, Record<string, never>>(DeleteSAMLProvider$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: (call) => storedContext(call, SAML, call.input.SAMLProviderArn!),
  async run(call) {
    return change(call, async () => {
      const { arn } = await SAML.require(call, call.input.SAMLProviderArn!)
      await call.sandbox.store.delete(samlProviders, call.account, arn)
      return {}
    })
  },
})
