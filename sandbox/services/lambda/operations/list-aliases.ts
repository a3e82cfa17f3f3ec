import { ListAliases$, type ListAliasesRequest, type ListAliasesResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeAlias } from '../describe'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { page } from '../paging'

/** Lists a function's aliases by name, or only those that send traffic to a version. */
export const listAliases = operation<ListAliasesRequest, ListAliasesResponse>(ListAliases$, {
  ...onFunction,
  async run(call) {
    const record = await requireFunction(call.sandbox, namedLatest(call))
    const wanted = call.input.FunctionVersion
    const found = Object.values(record.aliases)
      .filter((alias) => wanted === undefined || alias.version === wanted || Object.hasOwn(alias.weights ?? {}, wanted))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const { items, NextMarker } = page(found, ({ name }) => name, call.input)
    return { Aliases: items.map((alias) => describeAlias(record, alias)), NextMarker }
  },
})
