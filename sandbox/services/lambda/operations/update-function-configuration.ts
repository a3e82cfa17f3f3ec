import { randomUUID } from 'node:crypto'
import { UpdateFunctionConfiguration$, type FunctionConfiguration, type UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describe } from '../describe'
import { checkRevision } from '../errors'
import { checkRole } from '../execution-role'
import { changeFunction, requireFunction } from '../functions'
import { unqualifiedArn } from '../names'
import { namedLatest, onFunction } from '../on-function'
import { retire } from '../retire'
import { changedSettings } from '../settings'

/** Changes how a function runs; what is not given stays as it is. */
export const updateFunctionConfiguration = operation<UpdateFunctionConfigurationRequest, FunctionConfiguration>(UpdateFunctionConfiguration$, {
  ...onFunction,
  async run(call) {
    const { input, sandbox } = call
    const name = namedLatest(call)
    await requireFunction(sandbox, name)
    if (input.Role !== undefined) await checkRole(call, input.Role, unqualifiedArn(name))
    const record = await changeFunction(sandbox, name, (record) => {
      checkRevision(input.RevisionId, record.latest.revisionId, 'GetFunction/GetAlias')
      const settings = changedSettings(record.latest.settings, input, sandbox.engine.runtimes())
      record.latest = { ...record.latest, settings, lastModified: new Date(sandbox.now()).toISOString(), revisionId: randomUUID() }
      return record
    })
    await retire(sandbox, record, '$LATEST')
    return describe(record, record.latest)
  },
})
