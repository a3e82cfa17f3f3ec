import { ListVersionsByFunction$, type ListVersionsByFunctionRequest, type ListVersionsByFunctionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeForList } from '../describe'
import { allVersions, requireFunction } from '../functions'
import { named, onFunction } from '../on-function'
import { page, versionKey } from '../paging'

/** Lists $LATEST and the published versions. */
export const listVersionsByFunction = operation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse>(ListVersionsByFunction$, {
  ...onFunction,
  async run(call) {
    const record = await requireFunction(call.sandbox, named(call))
    const { items, NextMarker } = page(allVersions(record), ({ version }) => versionKey(version), call.input)
    return { Versions: items.map((version) => describeForList(record, version, version.version)), NextMarker }
  },
})
