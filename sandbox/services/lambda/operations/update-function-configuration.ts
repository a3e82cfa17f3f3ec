import { randomUUID } from 'node:crypto'
import { UpdateFunctionConfiguration$, type FunctionConfiguration, type UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describe } from '../describe'
import { checkDeadLetters } from '../destinations'
import { checkRevision } from '../errors'
import { checkRole } from '../execution-role'
import { grantLayers, layerContext, placeLayers } from '../function-layers'
import { changeFunction, requireFunction } from '../functions'
import { unqualifiedArn } from '../names'
import { namedLatest, onFunction } from '../on-function'
import { retire, tidyCode } from '../retire'
import { changedSettings } from '../settings'

/** Changes how a function runs; what is not given stays as it is. */
export const updateFunctionConfiguration = operation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(UpdateFunctionConfiguration$, {
  ...onFunction,
  context: async (call) => ({ ...(await onFunction.context!(call)), ...layerContext(call.input.Layers) }),
  async run(call) {
    const { input, sandbox } = call
    const name = namedLatest(call)
    await requireFunction(sandbox, name)
    if (input.Role !== undefined) await checkRole(call, input.Role, unqualifiedArn(name))
    const granted = input.Layers && (await grantLayers(call, input.Layers))
    const before = await requireFunction(sandbox, name)
    const deadLetters = input.DeadLetterConfig?.TargetArn
    if (deadLetters) await checkDeadLetters(sandbox, { ...name, functionName: name.name, roleArn: input.Role ?? before.latest.settings.role }, deadLetters)
    const record = await changeFunction(sandbox, name, async (record) => {
      checkRevision(input.RevisionId, record.latest.revisionId, 'GetFunction/GetAlias')
      const settings = changedSettings(record.latest.settings, input, sandbox.engine.runtimes())
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
