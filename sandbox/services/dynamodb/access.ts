import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { parsePolicy } from '../iam/policy-document'
import { resourceTags } from '../tag-context'
import type { AttributeValue } from './dynalite'
import { indexArn, parseTableArn, tableArn, tableOf } from './names'
import type { Table } from './records'
import { findTable } from './tables'

type Context = Record<string, string | string[]>

/** The policy of the table of an ARN (its own, an index's, a stream's), where it has one. */
export async function tablePolicy(sandbox: Sandbox, arn: string): Promise<object | undefined> {
  const name = parseTableArn(arn.split('/', 2).join('/'))
  const policy = name && (await findTable(sandbox, name))?.policy
  return policy && parsePolicy(policy.text)
}

/** What IAM decides on for operations on one table. */
export const onTable: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  resource: (call) => tableArn(tableOf(call)),
  context: async (call) => resourceTags((await findTable(call.sandbox, tableOf(call)))?.tags),
  resourcePolicy: (call, resource) => tablePolicy(call.sandbox, resource),
}

/** What IAM decides on for operations on items of one table, or of an index where the input names one. */
export const onItems: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  ...onTable,
  resource: (call) => (call.input.IndexName === undefined ? tableArn(tableOf(call)) : indexArn(tableOf(call), call.input.IndexName)),
  async context(call) {
    const table = await findTable(call.sandbox, tableOf(call))
    return table ? itemContext(table, call.input) : {}
  },
}

/** What IAM decides on for operations whose `RequestItems` name tables. */
export const onRequestItems: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  ...onTable,
  resource: (call) => requestedTables(call).map(tableArn),
  async context(call) {
    const all: Context[] = []
    for (const name of requestedTables(call)) {
      const table = await findTable(call.sandbox, name)
      if (table) all.push(...accesses(call.input.RequestItems[name.name]).map((access) => itemContext(table, access)))
    }
    return merged(all)
  },
}

/** The tables of a batch. */
export function requestedTables({ account, region, input }: Call): { account: string; region: string; name: string }[] {
  return Object.keys(input.RequestItems).map((name) => ({ account, region, name }))
}

/** The single accesses of a table in a batch: of its writes, or of its keys to get. */
function accesses(requested: any): object[] {
  if (Array.isArray(requested)) return requested.map(({ PutRequest, DeleteRequest }) => PutRequest ?? DeleteRequest ?? {})
  return requested.Keys.map((Key: object) => ({ Key, AttributesToGet: requested.AttributesToGet, _projection: requested._projection }))
}

/** One context of several: of each key all values. */
export function merged(contexts: Context[]): Context {
  const all: Context = {}
  for (const context of contexts) {
    for (const [key, value] of Object.entries(context)) all[key] = Array.isArray(value) ? [...new Set([...[all[key] ?? []].flat(), ...value])] : value
  }
  return all
}

/** Condition keys of an access to items (DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control"). */
export function itemContext(table: Table, input: any): Context {
  const hashKey = table.schema.KeySchema[0]!.AttributeName
  const index = [...(table.schema.GlobalSecondaryIndexes ?? [])].find(({ IndexName }) => IndexName === input.IndexName)
  const leading = leadingKey(input, index?.KeySchema[0]!.AttributeName ?? hashKey)
  const attributes = attributesOf(input)
  return {
    ...resourceTags(table.tags),
    ...(leading === undefined ? {} : { 'dynamodb:LeadingKeys': [leading] }),
    ...(attributes.length === 0 ? {} : { 'dynamodb:Attributes': attributes }),
    ...given('dynamodb:Select', input.Select),
    ...given('dynamodb:ReturnValues', input.ReturnValues),
    ...given('dynamodb:ReturnConsumedCapacity', input.ReturnConsumedCapacity),
  }
}

function given(key: string, value: string | undefined): Context {
  return value === undefined ? {} : { [key]: value }
}

function leadingKey({ Key, Item, KeyConditions }: any, hashKey: string): string | undefined {
  const value: AttributeValue | undefined = (Key ?? Item)?.[hashKey] ?? KeyConditions?.[hashKey]?.AttributeValueList?.[0]
  return value && (value.S ?? value.N ?? value.B)
}

/** The attributes that a request names, top level only. */
function attributesOf(input: any): string[] {
  const named = [input.Key, input.Item, input.Expected, input.AttributeUpdates, input.KeyConditions, input.QueryFilter, input.ScanFilter, input._condition?.pathHeads, input._filter?.pathHeads]
  const paths: unknown[][] = [...(input._projection?.paths ?? []), ...(input._updates?.paths ?? [])]
  return [...new Set([...named.flatMap((part) => Object.keys(part ?? {})), ...(input.AttributesToGet ?? []), ...paths.map((path) => String(Array.isArray(path) ? path[0] : path))])]
}
