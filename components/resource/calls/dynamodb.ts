import { DeleteItemCommand, PutItemCommand, QueryCommand, ScanCommand, type AttributeValue, type ConsumedCapacity, type QueryCommandInput } from '@aws-sdk/client-dynamodb'
import { z } from 'zod'
import type { ItemJson } from '../item-json'
import { call } from './call'
import { optionalText } from './fields'

/** Items of a page of a table. */
const PAGE = 25

const keyType = z.enum(['S', 'N', 'B'])
const keyed = z.object({ name: z.string().min(1), type: keyType, value: z.string().min(1) })
const SORT = ['=', '<', '<=', '>', '>=', 'between', 'begins_with'] as const
const FILTER = ['=', '<>', '<', '<=', '>', '>=', 'contains', 'begins_with', 'attribute_exists', 'attribute_not_exists'] as const

const filter = z.object({ name: z.string().min(1), op: z.enum(FILTER), type: z.enum(['S', 'N', 'BOOL']), value: z.string() }).optional()
const attribute = z.record(z.string(), z.unknown())
const item = z.record(z.string(), attribute)

const search = { table: z.string().min(1), index: optionalText, filter, start: item.optional() }

/** Collects the names and values that an expression refers to. */
function expressions() {
  const names: Record<string, string> = {}
  const values: Record<string, AttributeValue> = {}
  return {
    name(name: string) {
      const reference = `#n${Object.keys(names).length}`
      names[reference] = name
      return reference
    },
    value(value: AttributeValue) {
      const reference = `:v${Object.keys(values).length}`
      values[reference] = value
      return reference
    },
    members: () => ({
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  }
}

type Expressions = ReturnType<typeof expressions>

function condition(e: Expressions, { name, op, type, value, to }: { name: string; op: string; type: string; value: string; to?: string | undefined }): string {
  const own = e.name(name)
  if (op === 'attribute_exists' || op === 'attribute_not_exists') return `${op}(${own})`
  const given = e.value(scalar(type, value))
  if (op === 'between') return `${own} BETWEEN ${given} AND ${e.value(scalar(type, to ?? ''))}`
  return op === 'contains' || op === 'begins_with' ? `${op}(${own}, ${given})` : `${own} ${op} ${given}`
}

function scalar(type: string, value: string): AttributeValue {
  if (type === 'N') return { N: value.trim() }
  if (type === 'BOOL') return { BOOL: value.trim() === 'true' }
  return type === 'B' ? { B: Buffer.from(value, 'base64') } : { S: value }
}

function common({ table, index, start }: { table: string; index?: string | undefined; start?: Record<string, Record<string, unknown>> | undefined }) {
  return { TableName: table, ...(index !== undefined && { IndexName: index }), ...(start && { ExclusiveStartKey: fromJson(start) }), Limit: PAGE, ReturnConsumedCapacity: 'TOTAL' as const }
}

function found({ Items = [], Count = 0, ScannedCount = 0, LastEvaluatedKey, ConsumedCapacity }: { Items?: Record<string, AttributeValue>[]; Count?: number; ScannedCount?: number; LastEvaluatedKey?: Record<string, AttributeValue>; ConsumedCapacity?: ConsumedCapacity }) {
  return { items: Items.map(toJson), count: Count, scanned: ScannedCount, capacity: ConsumedCapacity?.CapacityUnits ?? null, next: LastEvaluatedKey ? toJson(LastEvaluatedKey) : null }
}

export const dynamodbCalls = {
  'dynamodb.query': call({
    input: z.object({
      ...search,
      partition: keyed,
      sort: keyed.extend({ op: z.enum(SORT), to: z.string().optional() }).optional(),
      descending: z.boolean(),
    }),
    service: 'dynamodb',
    command({ partition, sort, filter, descending, ...rest }) {
      const e = expressions()
      const conditions = [condition(e, { ...partition, op: '=' }), ...(sort ? [condition(e, sort)] : [])]
      const input: QueryCommandInput = {
        ...common(rest),
        KeyConditionExpression: conditions.join(' AND '),
        ...(filter && { FilterExpression: condition(e, filter) }),
        ...(descending && { ScanIndexForward: false }),
      }
      return new QueryCommand({ ...input, ...e.members() })
    },
    answer: (output) => found(output),
  }),

  'dynamodb.scan': call({
    input: z.object(search),
    service: 'dynamodb',
    command({ filter, ...rest }) {
      const e = expressions()
      return new ScanCommand({ ...common(rest), ...(filter && { FilterExpression: condition(e, filter) }), ...e.members() })
    },
    answer: (output) => found(output),
  }),

  'dynamodb.put': call({
    // `unless`: attributes that no item of this key may have; `unchanged`: what the item must still be.
    input: z.object({ table: z.string().min(1), item, unless: z.array(z.string()).optional(), unchanged: item.optional() }),
    service: 'dynamodb',
    command({ table, item, unless = [], unchanged }) {
      const e = expressions()
      const conditions = [
        ...unless.map((name) => `attribute_not_exists(${e.name(name)})`),
        ...Object.entries(fromJson(unchanged ?? {})).map(([name, value]) => `${e.name(name)} = ${e.value(value)}`),
      ]
      return new PutItemCommand({ TableName: table, Item: fromJson(item), ReturnValues: 'ALL_OLD', ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }), ...e.members(), ReturnConsumedCapacity: 'TOTAL' })
    },
    answer: ({ Attributes, ConsumedCapacity }) => ({ old: Attributes ? toJson(Attributes) : null, capacity: ConsumedCapacity?.CapacityUnits ?? null }),
  }),

  'dynamodb.delete': call({
    input: z.object({ table: z.string().min(1), key: item }),
    service: 'dynamodb',
    command: ({ table, key }) => new DeleteItemCommand({ TableName: table, Key: fromJson(key), ReturnValues: 'ALL_OLD' }),
    answer: ({ Attributes }) => ({ old: Attributes ? toJson(Attributes) : null }),
  }),
}

/** Bytes become base64, as JSON and the AWS CLI write them. */
function toJson(item: Record<string, AttributeValue>): ItemJson {
  return JSON.parse(JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)))
}

function fromJson(item: Record<string, Record<string, unknown>>): Record<string, AttributeValue> {
  const value = (attribute: Record<string, unknown>): any => {
    const [[type, inner] = []] = Object.entries(attribute)
    if (type === 'B') return { B: Buffer.from(String(inner), 'base64') }
    if (type === 'BS') return { BS: (inner as unknown[]).map((one) => Buffer.from(String(one), 'base64')) }
    if (type === 'L' && Array.isArray(inner)) return { L: inner.map(value) }
    if (type === 'M' && typeof inner === 'object') return { M: fromJson(inner as Record<string, Record<string, unknown>>) }
    return attribute
  }
  return Object.fromEntries(Object.entries(item).map(([name, attribute]) => [name, value(attribute)]))
}
