import { ListFunctionsByCodeSigningConfig$, type ListFunctionsByCodeSigningConfigRequest, type ListFunctionsByCodeSigningConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { onSigningConfig, requireSigningConfig, signingArn } from '../code-signing'
import { listRecords } from '../functions'
import { unqualifiedArn } from '../names'
import { page } from '../paging'

/** Lists the functions that use a code signing configuration. */
export const listFunctionsByCodeSigningConfig = operation<ListFunctionsByCodeSigningConfigRequest, ListFunctionsByCodeSigningConfigResponse>(ListFunctionsByCodeSigningConfig$, {
  ...onSigningConfig,
  async run(call) {
    const arn = signingArn(await requireSigningConfig(call))
    const users = (await listRecords(call.sandbox, call)).filter((record) => record.codeSigningConfig === arn)
    const { items, NextMarker } = page(users, ({ name }) => name, call.input)
    return { FunctionArns: items.map(unqualifiedArn), NextMarker }
  },
})
