import { PutRuntimeManagementConfig$, type PutRuntimeManagementConfigRequest, type PutRuntimeManagementConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { invalid } from '../errors'
import { onQualified } from '../on-function'
import { describeRuntimeManagement, runtimeKey, runtimeManagement, versionNamed } from '../runtime-management'

/** Says when a version's runtime is to be renewed. It is told back; the runtime here is the machine's. */
export const putRuntimeManagementConfig = operation<PutRuntimeManagementConfigRequest, PutRuntimeManagementConfigResponse>(PutRuntimeManagementConfig$, {
  ...onQualified,
  async run(call) {
    const { UpdateRuntimeOn, RuntimeVersionArn } = call.input
    const name = await versionNamed(call)
    if (UpdateRuntimeOn === 'Manual' && RuntimeVersionArn === undefined) throw invalid('RuntimeVersionArn is required when UpdateRuntimeOn is set to Manual.')
    if (UpdateRuntimeOn !== 'Manual' && RuntimeVersionArn !== undefined) throw invalid('RuntimeVersionArn can only be set when UpdateRuntimeOn is set to Manual.')
    const config = { updateOn: UpdateRuntimeOn!, ...(RuntimeVersionArn === undefined ? {} : { versionArn: RuntimeVersionArn }) }
    await call.sandbox.store.put(runtimeManagement, scopeOf(name), runtimeKey(name), config)
    return describeRuntimeManagement(name, config)
  },
})
