import { TagSAMLProvider$, type TagSAMLProviderRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { SAML } from '../saml-providers'
import { editStored, storedContext } from '../stored'

/** Puts tags on an issuer of SAML assertions. */
export const tagSamlProvider = operation<TagSAMLProviderRequest, Record<string, never>>(TagSAMLProvider$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: async (call) => ({ ...(await storedContext(call, SAML, call.input.SAMLProviderArn!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editStored(call, SAML, call.input.SAMLProviderArn!, (one) => {
      one.tags = mergeTags(one.tags, call.input.Tags!)
    })
    return {}
  },
})
