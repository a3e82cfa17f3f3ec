import { GetAlias$, type AliasConfiguration, type GetAliasRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireAlias } from '../aliases'
import { describeAlias } from '../describe'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Tells where an alias points. */
export const getAlias = operation<GetAliasRequest, AliasConfiguration>(GetAlias$, {
  ...onFunction,
  async run(call) {
    const record = await requireFunction(call.sandbox, namedLatest(call))
    return describeAlias(record, requireAlias(record, call.input.Name!))
  },
})
