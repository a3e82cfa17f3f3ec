import { randomUUID } from 'node:crypto'
import { UpdateFunctionConfiguration$, type FunctionConfiguration, type UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkSignature, signingConfigOf } from '../code-signing'
import { describe } from '../describe'
import { checkDeadLetters } from '../destinations'
import { checkRevision } from '../errors'
import { checkRole } from '../execution-role'
import { grantLayers, layerContext, placeLayers } from '../function-layers'
import { changeFunction, requireFunction } from '../functions'
import { unqualifiedArn } from '../names'
import { namedLatest, onFunction } from '../on-function'
import { retire, tidyCode } from '../retire'
import { checkRights } from '../role-rights'
import { changedSettings } from '../settings'
import { networkContext } from '../told-settings'

/** Changes how a function runs; what is not given stays as it is. */
export const updateFunctionConfiguration = operation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(UpdateFunctionConfiguration$, {
  ...onFunction,
  context: async (call) => ({ ...(await onFunction.context!(call)), ...layerContext(call.input.Layers), ...networkContext(call, call.input) }),
  async run(call) {
    const { input, sandbox } = call
    const name = namedLatest(call)
    await requireFunction(sandbox, name)
    if (input.Role !== undefined) await checkRole(call, input.Role, unqualifiedArn(name))
    const granted = input.Layers && (await grantLayers(call, input.Layers))
    const before = await requireFunction(sandbox, name)
    const deadLetters = input.DeadLetterConfig?.TargetArn
    const acting = { ...name, functionName: name.name, roleArn: input.Role ?? before.latest.settings.role }
    if (deadLetters) await checkDeadLetters(sandbox, acting, deadLetters)
    if (input.VpcConfig ?? input.TracingConfig ?? input.Role) await checkRights(sandbox, acting, changedSettings(before.latest.settings, input, await sandbox.engine.runtimes()))
    if (granted?.length) checkSignature(await signingConfigOf(sandbox, before), name.name)
    const record = await changeFunction(sandbox, name, async (record) => {
      checkRevision(input.RevisionId, record.latest.revisionId, 'GetFunction/GetAlias')
      const settings = changedSettings(record.latest.settings, input, await sandbox.engine.runtimes())
      if (granted) {
        const layers = await placeLayers(sandbox, name.account, record.latest.code, granted)
        if (layers.length > 0) settings.layers = layers
        else delete settings.layers
      }
      record.latest = { ...record.latest, settings, lastModified: new Date(sandbox.now()).toISOString(), revisionId: randomUUID() }
      return record
    })
    await retire(sandbox, record, '$LATEST')
    if (before.latest.settings.layers) tidyCode(sandbox, name.account, before.latest.settings.timeout)
    return describe(record, record.latest)
  },
})
