import { GetRuntimeManagementConfig$, type GetRuntimeManagementConfigRequest, type GetRuntimeManagementConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { onQualified } from '../on-function'
import { describeRuntimeManagement, runtimeKey, runtimeManagement, versionNamed } from '../runtime-management'

/** Tells when a version's runtime is to be renewed: by itself where nothing was said. */
export const getRuntimeManagementConfig = operation<GetRuntimeManagementConfigRequest, GetRuntimeManagementConfigResponse>(GetRuntimeManagementConfig$, {
  ...onQualified,
  async run(call) {
    const name = await versionNamed(call)
    const config = await call.sandbox.store.get(runtimeManagement, scopeOf(name), runtimeKey(name))
    return describeRuntimeManagement(name, config ?? { updateOn: 'Auto' })
  },
})
