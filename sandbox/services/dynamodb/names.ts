import { AwsError } from '../../errors'

/** A table by account, region and name. */
export interface TableName {
  account: string
  region: string
  name: string
}

/** Input of operations on one table, as {@link namedTable} leaves it: the name, and the ARN where that was given. */
export interface OnTable {
  TableName: string
  TableArn?: string
}

const TABLE_ARN = /^arn:aws:dynamodb:([a-z0-9-]+):(\d{12}):table\/([a-zA-Z0-9_.-]{3,255})$/
const STREAM_ARN = /^(arn:aws:dynamodb:[a-z0-9-]+:\d{12}:table\/[a-zA-Z0-9_.-]{3,255})\/stream\/([0-9T:.-]+)$/

export function tableArn({ account, region, name }: TableName): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${name}`
}

export function indexArn(table: TableName, index: string): string {
  return `${tableArn(table)}/index/${index}`
}

export function streamArn(table: TableName, label: string): string {
  return `${tableArn(table)}/stream/${label}`
}

export function parseTableArn(arn: string): TableName | undefined {
  const [, region, account, name] = TABLE_ARN.exec(arn) ?? []
  return region && account && name ? { account, region, name } : undefined
}

export function parseStreamArn(arn: string): { table: TableName; label: string } | undefined {
  const [, ofTable, label] = STREAM_ARN.exec(arn) ?? []
  const table = ofTable === undefined ? undefined : parseTableArn(ofTable)
  return table && label ? { table, label } : undefined
}

/** A body whose `TableName` may be an ARN, with the table's name in place of it. */
export function namedTable(body: Record<string, unknown>): Record<string, unknown> {
  const { TableName: given } = body
  const parsed = typeof given === 'string' ? parseTableArn(given) : undefined
  return parsed ? { ...body, TableName: parsed.name, TableArn: given } : body
}

/** The table that a call means. @throws AwsError ValidationException where its ARN is of another region */
export function tableOf(call: { account: string; region: string; input: OnTable }): TableName {
  const { TableName: name, TableArn: arn } = call.input
  const parsed = arn === undefined ? undefined : parseTableArn(arn)
  if (parsed && parsed.region !== call.region) throw new AwsError('ValidationException', `The region ${parsed.region} of the table's ARN is not the one that was called: ${call.region}`)
  return parsed ?? { account: call.account, region: call.region, name }
}
