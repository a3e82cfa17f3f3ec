import { ListFunctions$, type ListFunctionsRequest, type ListFunctionsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeForList } from '../describe'
import { allVersions, listRecords } from '../functions'
import { page, versionKey } from '../paging'

/** Lists the functions of a region by name; with `FunctionVersion: ALL` also their published versions. */
export const listFunctions = operation<ListFunctionsRequest, ListFunctionsResponse>(ListFunctions$, {
  resource: () => '*',
  async run(call) {
    const isAll = call.input.FunctionVersion === 'ALL'
    const found = (await listRecords(call.sandbox, call)).flatMap((record) => (isAll ? allVersions(record) : [record.latest]).map((version) => ({ record, version })))
    const { items, NextMarker } = page(found, ({ record, version }) => `${record.name}:${versionKey(version.version)}`, call.input)
    return { Functions: items.map(({ record, version }) => describeForList(record, version, isAll ? version.version : undefined)), NextMarker }
  },
})
