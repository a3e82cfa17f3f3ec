import { GetSAMLProvider$, type GetSAMLProviderRequest, type GetSAMLProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SAML } from '../saml-providers'
import { storedContext } from '../stored'

/** An issuer of SAML assertions with its metadata. */
export const getSamlProvider = operation<GetSAMLProviderRequest, GetSAMLProviderResponse>(GetSAMLProvider$, {
  resource: ({ input }) => input.SAMLProviderArn!,
  context: (call) => storedContext(call, SAML, call.input.SAMLProviderArn!),
  async run(call) {
    const { uuid, metadata, createdAt, validUntil, tags, encryptionMode, privateKeys } = await SAML.require(call, call.input.SAMLProviderArn!)
    return {
      SAMLProviderUUID: uuid,
      SAMLMetadataDocument: metadata,
      CreateDate: new Date(createdAt),
      ValidUntil: new Date(validUntil),
      Tags: tags,
      AssertionEncryptionMode: encryptionMode,
      PrivateKeyList: privateKeys.map(({ id, addedAt }) => ({ KeyId: id, Timestamp: new Date(addedAt) })),
    }
  },
})
