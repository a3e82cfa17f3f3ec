import { UpdateCodeSigningConfig$, type UpdateCodeSigningConfigRequest, type UpdateCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeSigningConfig, onSigningConfig, requireSigningConfig, signingConfigs } from '../code-signing'
import { lockFunctions } from '../functions'

/** Changes a code signing configuration; it holds for deployments from now on. */
export const updateCodeSigningConfig = operation<UpdateCodeSigningConfigRequest, UpdateCodeSigningConfigResponse>(UpdateCodeSigningConfig$, {
  ...onSigningConfig,
  run: (call) =>
    lockFunctions(call.sandbox, call.account, async () => {
      const { input, sandbox } = call
      const before = await requireSigningConfig(call)
      const config = {
        ...before,
        description: input.Description ?? before.description,
        publishers: input.AllowedPublishers?.SigningProfileVersionArns ?? before.publishers,
        policy: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? before.policy,
        lastModified: new Date(sandbox.now()).toISOString(),
      }
      await sandbox.store.put(signingConfigs, scopeOf(call), config.id, config)
      return { CodeSigningConfig: describeSigningConfig(config) }
    }),
})
