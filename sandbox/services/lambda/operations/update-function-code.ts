import { randomUUID } from 'node:crypto'
import { UpdateFunctionCode$, type FunctionConfiguration, type UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkStorage, storeCode } from '../code'
import { checkSignature, signingConfigOf } from '../code-signing'
import { sourceKey, zipOf } from '../code-source'
import { describe } from '../describe'
import { checkRevision, invalid } from '../errors'
import { checkTotal } from '../function-layers'
import { changeFunction, publish, requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { retire, tidyCode } from '../retire'

/** Gives a function new code; a dry run only looks whether it could. */
export const updateFunctionCode = operation<UpdateFunctionCodeRequest, FunctionConfiguration>(UpdateFunctionCode$, {
  ...onFunction,
  async run(call) {
    const { input, sandbox } = call
    const name = namedLatest(call)
    await requireFunction(sandbox, name)
    const zip = await zipOf(call, input)
    if (input.PublishTo !== undefined) throw invalid('PublishTo is not served by this sandbox: leave it out.')
    const before = await requireFunction(sandbox, name)
    checkSignature(await signingConfigOf(sandbox, before), name.name)
    const { record, version } = await changeFunction(sandbox, name, async (record) => {
      checkRevision(input.RevisionId, record.latest.revisionId, 'GetFunction/GetAlias')
      await checkStorage(sandbox, name, zip.length * (input.Publish ? 2 : 1) - record.latest.code.size)
      const code = { ...(await storeCode(sandbox, name.account, zip)), ...sourceKey(input) }
      await checkTotal(sandbox, name.account, code, record.latest.settings.layers ?? [])
      const settings = { ...record.latest.settings, architecture: input.Architectures?.[0] ?? record.latest.settings.architecture }
      const latest = { ...record.latest, settings, code, lastModified: new Date(sandbox.now()).toISOString(), revisionId: randomUUID() }
      if (input.DryRun) return { record, version: latest }
      record.latest = latest
      return { record, version: input.Publish ? publish(sandbox, record) : latest }
    })
    if (!input.DryRun) await retire(sandbox, record, '$LATEST')
    tidyCode(sandbox, name.account, before.latest.settings.timeout)
    return describe(record, version, version.version === '$LATEST' ? undefined : version.version)
  },
})
