import { CreateSAMLProvider$, type CreateSAMLProviderRequest, type CreateSAMLProviderResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { change, newTags, requestTags, requireFreeName } from '../entities'
import { samlProviders, type SamlProvider } from '../records'
import { readMetadata, samlProviderArn, withPrivateKey } from '../saml-providers'

/** Makes an issuer of SAML assertions known to the account, for trust policies to name. */
export const createSamlProvider = operation<CreateSAMLProviderRequest, CreateSAMLProviderResponse>(CreateSAMLProvider$, {
  resource: ({ account, input }) => samlProviderArn(account, input.Name!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    const arn = samlProviderArn(account, input.Name!)
    const tags = await newTags(call, 'iam:TagSAMLProvider', arn)
    const { validUntil } = readMetadata(input.SAMLMetadataDocument!, sandbox.now())
    const privateKeys = withPrivateKey([], input.AddPrivateKey, sandbox.now())
    return change(call, async () => {
      await requireFreeName(sandbox, samlProviders, account, arn, `Provider with name ${input.Name} already exists.`, 'SAMLProvidersPerAccount')
      const provider: SamlProvider = {
        arn,
        uuid: uniqueId('SAMLSP'),
        metadata: input.SAMLMetadataDocument!,
        createdAt: new Date(sandbox.now()).toISOString(),
        validUntil,
        tags,
        privateKeys,
        ...(input.AssertionEncryptionMode === undefined ? {} : { encryptionMode: input.AssertionEncryptionMode }),
      }
      await sandbox.store.put(samlProviders, account, arn, provider)
      return { SAMLProviderArn: arn, ...(tags.length > 0 ? { Tags: tags } : {}) }
    })
  },
})
