import { operation } from '../../../../operation'
import { scopeOf } from '../../../../store'
import { streamArn } from '../../names'
import { tables } from '../../records'
import { requireTable } from '../../tables'
import { readStreams } from '../read-input'
import { ListStreams$ } from '../schemas'

const PAGE = 100

/** Lists the streams of the region, or of one table. */
export const listStreams = operation<any, any>(ListStreams$, {
  // SAM's own policies grant it on the streams of one table.
  resource: ({ account, region, input }) => streamArn({ account, region, name: input.TableName ?? '*' }, '*'),
  readJson: readStreams(ListStreams$),
  async run({ sandbox, account, region, input }) {
    const { TableName, Limit = PAGE, ExclusiveStartStreamArn: after } = input
    const of = TableName === undefined ? (await sandbox.store.list(tables, scopeOf({ account, region }))).map(({ value }) => value) : [await requireTable(sandbox, { account, region, name: TableName })]
    const all = of.flatMap((table) => table.streams.map(({ label }) => ({ StreamArn: streamArn(table, label), TableName: table.name, StreamLabel: label })))
    const start = after === undefined ? 0 : all.findIndex(({ StreamArn }) => StreamArn === after) + 1
    const page = all.slice(start, start + Limit)
    return { Streams: page, ...(start + Limit < all.length ? { LastEvaluatedStreamArn: page.at(-1)!.StreamArn } : {}) }
  },
})
