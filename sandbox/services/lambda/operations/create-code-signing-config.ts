import { CreateCodeSigningConfig$, type CreateCodeSigningConfigRequest, type CreateCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { describeSigningConfig, newSigningId, signingArn, signingConfigs, type SigningConfig } from '../code-signing'
import { checkTags } from '../tags'

/** Says whose signatures are trusted. */
export const createCodeSigningConfig = operation<CreateCodeSigningConfigRequest, CreateCodeSigningConfigResponse>(CreateCodeSigningConfig$, {
  resource: () => '*',
  context: ({ input }) => tagContext(input.Tags),
  async run(call) {
    const { input, sandbox, account, region } = call
    const tags = input.Tags ?? {}
    checkTags(tags)
    const config: SigningConfig = {
      id: newSigningId(),
      account,
      region,
      description: input.Description ?? '',
      publishers: input.AllowedPublishers!.SigningProfileVersionArns!,
      policy: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? 'Warn',
      tags,
      lastModified: new Date(sandbox.now()).toISOString(),
    }
    if (input.Tags) await call.authorize('lambda:TagResource', signingArn(config), tagContext(input.Tags))
    await sandbox.store.put(signingConfigs, scopeOf(call), config.id, config)
    return { CodeSigningConfig: describeSigningConfig(config) }
  },
})
