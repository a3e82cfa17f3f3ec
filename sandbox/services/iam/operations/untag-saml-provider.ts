import { UntagSAMLProvider$, type UntagSAMLProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SAML } from '../saml-providers'
import { editStored, storedContext } from '../stored'

/** Takes tags off an issuer of SAML assertions. */
export const untagSamlProvider = operation<UntagSAMLProviderRequest, Record<string, never>>(UntagSAMLProvider$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: async (call) => ({ ...(await storedContext(call, SAML, call.input.SAMLProviderArn!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editStored(call, SAML, call.input.SAMLProviderArn!, (one) => {
      one.tags = one.tags.filter((tag) => !call.input.TagKeys!.includes(tag.Key))
    })
    return {}
  },
})
