import { CreateFunctionUrlConfig$, type CreateFunctionUrlConfigRequest, type CreateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { randomBytes } from 'node:crypto'
import { ALL } from '../../../credentials'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { conflict } from '../errors'
import { lockFunctions } from '../functions'
import { addressable, describeUrl, findUrl, functionUrls, onUrl, urlKey, urlOwners, type FunctionUrl } from '../function-urls'
import { functionArn } from '../names'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Gives a function, or an alias of it, an address that answers HTTP. */
export const createFunctionUrlConfig = operation<CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse>(CreateFunctionUrlConfig$, {
  ...onUrl,
  async run(call) {
    const { input, sandbox } = call
    const name = await addressable(call)
    return lockFunctions(sandbox, name.account, async () => {
      if (await findUrl(sandbox, name)) throw conflict(`Failed to create function url config for [functionArn = ${functionArn(name)}]. Error message:  FunctionUrlConfig exists for this Lambda function`)
      const now = sandbox.now()
      const url: FunctionUrl = {
        urlId: Array.from(randomBytes(32), (byte) => ALPHABET[byte % 32]).join(''),
        authType: input.AuthType!,
        ...(input.Cors ? { cors: input.Cors } : {}),
        ...(input.InvokeMode === 'RESPONSE_STREAM' ? { streams: true } : {}),
        createdAt: now,
        modifiedAt: now,
      }
      await sandbox.store.batch([
        { collection: functionUrls, scope: scopeOf(name), key: urlKey(name), value: url },
        { collection: urlOwners, scope: ALL, key: url.urlId, value: name },
      ])
      return describeUrl(sandbox, name, url)
    })
  },
})
