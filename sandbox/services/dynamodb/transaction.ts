import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { itemContext, merged, tablePolicy } from './access'
import { check, db, LARGEST_ITEM, refusal, validation, type Item } from './dynalite'
import { openTables, withItem } from './item-calls'
import { itemBytes } from './item-size'
import { bounded } from './read-input'
import { namedTable, tableArn, tableOf, type TableName } from './names'
import type { Table } from './records'
import { invalid } from './table-settings'
import { findTable, lockTables } from './tables'
import { Workspace } from './workspace'

/** One of the up to hundred things that a transaction does. */
export interface Step {
  kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get'
  /** What dynalite's action takes. */
  data: any
}

const CHECKS = { Put: 'putItem', Update: 'updateItem', Delete: 'deleteItem', ConditionCheck: 'deleteItem', Get: 'getItem' }
const ACTIONS = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem', Get: 'GetItem' }
/** 4 MB (DynamoDB API reference, "TransactWriteItems"). */
const LARGEST_TRANSACTION = 10.24 * LARGEST_ITEM

/** Reads the steps of a transaction as the operations on single items read theirs. @throws AwsError ValidationException */
export function readSteps(transactItems: Record<string, any>[]): Step[] {
  return transactItems.map((one) => {
    const [kind, ...others] = Object.keys(one) as Step['kind'][]
    if (!kind || others.length > 0) throw invalid('TransactItems can only contain one of Check, Put, Update or Delete')
    const { ReturnValuesOnConditionCheckFailure, ...given } = one[kind]
    const named = namedTable(bounded(given))
    const data = check(validation(CHECKS[kind]), named)
    const { TableArn } = named
    return { kind, data: Object.assign(data, { ReturnValuesOnConditionCheckFailure }, TableArn === undefined ? {} : { TableArn }) }
  })
}

/** Asks IAM about each action on each table. @throws AwsError AccessDeniedException */
export async function authorizeSteps(call: Call, steps: Step[]): Promise<void> {
  const groups = new Map<string, Step[]>()
  for (const step of steps) {
    const group = `${ACTIONS[step.kind]} ${step.data.TableName}`
    groups.set(group, [...(groups.get(group) ?? []), step])
  }
  for (const [group, same] of groups) {
    const name = tableOfStep(call, same[0]!)
    const table = await findTable(call.sandbox, name)
    const context = merged(same.map(({ data }) => (table ? itemContext(table, data) : {})))
    await call.authorize(`dynamodb:${group.split(' ')[0]}`, tableArn(name), { ...context, 'dynamodb:EnclosingOperation': call.input.operation }, await tablePolicy(call.sandbox, tableArn(name)))
  }
}

function tableOfStep(call: Call, { data }: Step): TableName {
  const name = tableOf({ ...call, input: data })
  if (name.account !== call.account) throw invalid('A transaction can only include tables of the account that makes it')
  return name
}

/**
 * Runs the steps of a transaction with the tables to itself, so that transactions follow one another and none conflicts.
 * @param step runs one; what it throws is the reason why the transaction is cancelled
 * @param end runs when all went well
 * @throws AwsError TransactionCanceledException with a reason for each step; ResourceNotFoundException
 */
export function inTransaction<R, T>(call: Call, steps: Step[], step: (one: Step, workspace: Workspace) => Promise<R>, end: (results: R[], workspace: Workspace) => Promise<T>): Promise<T> {
  const names = steps.map((one) => tableOfStep(call, one))
  return lockTables(call.sandbox, names, async () => {
    const tables = await openTables(call, names)
    const workspace = new Workspace(call.sandbox, tables)
    requireDistinct(steps, tables)
    const results: R[] = []
    const reasons: object[] = []
    for (const one of steps) {
      try {
        results.push(await step(one, workspace))
        reasons.push({ Code: 'None' })
      } catch (error) {
        reasons.push(reasonOf(withItem(error, one.data, workspace, tables.get(one.data.TableName))))
      }
    }
    if (results.length < steps.length) {
      const codes = reasons.map((reason) => (reason as { Code: string }).Code).join(', ')
      throw new AwsError('TransactionCanceledException', `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`, 400, { CancellationReasons: reasons })
    }
    return end(results, workspace)
  })
}

/** @throws AwsError ResourceNotFoundException; ValidationException where an item comes twice or all is too large */
function requireDistinct(steps: Step[], tables: Map<string, Table>): void {
  const seen = new Set<string>()
  let bytes = 0
  for (const { data } of steps) {
    const table = tables.get(data.TableName)
    if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found')
    bytes += itemBytes(data.Item ?? data.Key)
    const key = keyOf(table, data.Item ?? data.Key)
    if (key === undefined) continue
    const item = `${table.name}/${key}`
    if (seen.has(item)) throw invalid('Transaction request cannot include multiple operations on one item')
    seen.add(item)
  }
  if (bytes > LARGEST_TRANSACTION) throw invalid('Transaction request is larger than 4 MB')
}

/** The key of an item; none where its key is not as the table has it, which is a reason to cancel. */
function keyOf({ schema }: Table, item: Item): string | undefined {
  const isWhole = schema.KeySchema.every(({ AttributeName: name }) => item[name]?.[schema.AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)!.AttributeType] !== undefined)
  return isWhole ? db.createKey(item, schema) : undefined
}

function reasonOf(error: unknown): object {
  if (!(error instanceof AwsError)) throw error
  if (error.code === 'ConditionalCheckFailedException') return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.members }
  if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message }
  throw error
}

/** Holds an item against a condition, as the actions do. @throws AwsError ConditionalCheckFailedException, ValidationException */
export async function checkCondition(workspace: Workspace, data: any): Promise<void> {
  const schema = workspace.table(data.TableName)!
  const wrongKey = db.validateKey(data.Key, schema)
  if (wrongKey) throw refusal(wrongKey)
  const failed = db.checkConditional(data, await workspace.get(data.TableName, db.createKey(data.Key, schema)))
  if (failed) throw refusal(failed)
}

/** Transactions cost double (DynamoDB developer guide, "Read/write capacity"). @param results of dynalite's actions */
export function capacityOf(steps: Step[], results: { ConsumedCapacity?: { CapacityUnits: number } }[], returned: string | undefined, unit: 'ReadCapacityUnits' | 'WriteCapacityUnits') {
  if (returned !== 'TOTAL' && returned !== 'INDEXES') return {}
  const units = new Map<string, number>()
  steps.forEach(({ data }, i) => units.set(data.TableName, (units.get(data.TableName) ?? 0) + 2 * Math.ceil(results[i]?.ConsumedCapacity?.CapacityUnits ?? 1)))
  const perTable = [...units].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits, [unit]: CapacityUnits, ...(returned === 'INDEXES' ? { Table: { CapacityUnits, [unit]: CapacityUnits } } : {}) }))
  return { ConsumedCapacity: perTable }
}
