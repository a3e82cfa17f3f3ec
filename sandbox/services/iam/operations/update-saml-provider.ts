import { UpdateSAMLProvider$, type UpdateSAMLProviderRequest, type UpdateSAMLProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { invalidInput } from '../entities'
import { readMetadata, SAML, withPrivateKey } from '../saml-providers'
import { editStored, storedContext } from '../stored'

/** Replaces the metadata of an issuer of SAML assertions, or its keys for encrypted ones. */
export const updateSamlProvider = operation<UpdateSAMLProviderRequest, UpdateSAMLProviderResponse>(UpdateSAMLProvider$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: (call) => storedContext(call, SAML, call.input.SAMLProviderArn!),
  async run(call) {
    const { input, sandbox } = call
    const { arn } = await editStored(call, SAML, input.SAMLProviderArn!, (provider) => {
      if (input.SAMLMetadataDocument !== undefined) {
        provider.validUntil = readMetadata(input.SAMLMetadataDocument, sandbox.now()).validUntil
        provider.metadata = input.SAMLMetadataDocument
      }
      if (input.AssertionEncryptionMode !== undefined) provider.encryptionMode = input.AssertionEncryptionMode
      const kept = provider.privateKeys.filter(({ id }) => id !== input.RemovePrivateKey)
      if (input.RemovePrivateKey !== undefined && kept.length === provider.privateKeys.length) throw invalidInput(`Private key ${input.RemovePrivateKey} is not associated with the provider`)
      provider.privateKeys = withPrivateKey(kept, input.AddPrivateKey, sandbox.now())
    })
    return { SAMLProviderArn: arn }
  },
})
