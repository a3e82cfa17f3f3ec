import { randomUUID } from 'node:crypto'
import { CreateFunction$, type CreateFunctionRequest, type FunctionConfiguration } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkStorage, storeCode } from '../code'
import { checkSignature, grantSigningConfig } from '../code-signing'
import { sourceKey, zipOf } from '../code-source'
import { describe } from '../describe'
import { checkDeadLetters } from '../destinations'
import { conflict } from '../errors'
import { checkRole } from '../execution-role'
import { grantLayers, layerContext, placeLayers } from '../function-layers'
import { findFunction, lockFunctions, publish, saveFunction } from '../functions'
import { unqualifiedArn } from '../names'
import { namedLatest } from '../on-function'
import type { FunctionRecord, FunctionVersion } from '../records'
import { checkRights } from '../role-rights'
import { newSettings } from '../settings'
import { networkContext } from '../told-settings'
import { tagContext } from '../../tag-context'
import { checkTags } from '../tags'

/** Makes a function from a zip. It is active at once. */
export const createFunction = operation<CreateFunctionRequest, FunctionConfiguration>(CreateFunction$, {
  resource: (call) => unqualifiedArn(namedLatest(call)),
  context: (call) => ({
    ...tagContext(call.input.Tags),
    ...layerContext(call.input.Layers),
    ...networkContext(call, call.input),
    ...(call.input.CodeSigningConfigArn === undefined ? {} : { 'lambda:CodeSigningConfigArn': call.input.CodeSigningConfigArn }),
  }),
  async run(call) {
    const { input, sandbox } = call
    const name = namedLatest(call)
    const zip = await zipOf(call, input.PackageType === 'Image' ? { ImageUri: '' } : input.Code!)
    const settings = newSettings(input, name.name, await sandbox.engine.runtimes())
    checkTags(input.Tags ?? {})
    if (input.Tags) await call.authorize('lambda:TagResource', unqualifiedArn(name), tagContext(input.Tags))
    await checkRole(call, settings.role, unqualifiedArn(name))
    const acting = { ...name, functionName: name.name, roleArn: settings.role }
    if (settings.deadLetterTarget) await checkDeadLetters(sandbox, acting, settings.deadLetterTarget)
    await checkRights(sandbox, acting, settings)
    const { CodeSigningConfigArn: codeSigningConfig } = input
    if (codeSigningConfig !== undefined) checkSignature(await grantSigningConfig(call, codeSigningConfig), name.name)
    const granted = await grantLayers(call, input.Layers ?? [])
    return lockFunctions(sandbox, name.account, async () => {
      if (await findFunction(sandbox, name)) throw conflict(`Function already exist: ${name.name}`)
      await checkStorage(sandbox, name, zip.length * (input.Publish ? 2 : 1))
      const code = { ...(await storeCode(sandbox, name.account, zip)), ...sourceKey(input.Code!) }
      if (granted.length > 0) settings.layers = await placeLayers(sandbox, name.account, code, granted)
      const createdAt = new Date(sandbox.now()).toISOString()
      const latest: FunctionVersion = { version: '$LATEST', settings, code, lastModified: createdAt, revisionId: randomUUID() }
      const record: FunctionRecord = { ...name, createdAt, tags: input.Tags ?? {}, latest, versions: {}, lastVersion: 0, aliases: {}, policies: {}, ...(codeSigningConfig === undefined ? {} : { codeSigningConfig }) }
      const published = input.Publish ? publish(sandbox, record) : undefined
      await saveFunction(sandbox, record)
      return published ? describe(record, published, published.version) : describe(record, latest)
    })
  },
})
