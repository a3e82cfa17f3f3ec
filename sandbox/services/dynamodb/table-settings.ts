import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import type { Stream, Table } from './records'
import { currentStream } from './workspace'

/** What CreateTable and UpdateTable take beyond keys, indexes and throughput. */
export interface Settings {
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType?: Stream['view'] }
  SSESpecification?: { Enabled?: boolean; SSEType?: string; KMSMasterKeyId?: string }
  TableClass?: string
  DeletionProtectionEnabled?: boolean
  OnDemandThroughput?: object
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message)
}

/** Parameters of replicas and the like, which the sandbox does not have. @throws AwsError ValidationException */
export function refuseUnserved(input: Record<string, unknown>, names: string[]): void {
  const given = names.find((name) => input[name] !== undefined && (!Array.isArray(input[name]) || (input[name] as unknown[]).length > 0))
  if (given !== undefined) throw invalid(`${given} is not served by this sandbox: leave it out.`)
}

/** Applies settings to a table. @throws AwsError ValidationException */
export function applySettings(sandbox: Sandbox, table: Table, { StreamSpecification, SSESpecification, TableClass, DeletionProtectionEnabled, OnDemandThroughput }: Settings): void {
  if (StreamSpecification) applyStream(sandbox, table, StreamSpecification)
  if (SSESpecification) {
    delete table.sse
    if (SSESpecification.Enabled) table.sse = { keyArn: keyArn(table, SSESpecification.KMSMasterKeyId) }
    else if (SSESpecification.KMSMasterKeyId !== undefined) throw invalid('One or more parameter values were invalid: KMSMasterKeyId can only be specified when SSE is enabled')
  }
  if (TableClass !== undefined) {
    if (table.tableClass !== undefined && table.tableClass !== TableClass) table.tableClassSince = sandbox.now()
    table.tableClass = TableClass
  }
  if (DeletionProtectionEnabled !== undefined) table.isProtected = DeletionProtectionEnabled
  if (OnDemandThroughput) {
    if (table.billing !== 'PAY_PER_REQUEST') throw invalid('One or more parameter values were invalid: OnDemandThroughput can only be specified when BillingMode is PAY_PER_REQUEST')
    table.onDemandThroughput = OnDemandThroughput
  }
}

function applyStream(sandbox: Sandbox, table: Table, { StreamEnabled, StreamViewType }: NonNullable<Settings['StreamSpecification']>): void {
  const current = currentStream(table)
  if (StreamEnabled) {
    if (current) throw invalid(`Table already has an enabled stream: TableName: ${table.name}`)
    if (StreamViewType === undefined) throw invalid('One or more parameter values were invalid: StreamViewType is required when stream is enabled')
    const createdAt = Math.max(sandbox.now(), (table.streams.at(-1)?.createdAt ?? 0) + 1)
    table.streams.push({ label: new Date(createdAt).toISOString().replace('Z', ''), view: StreamViewType, createdAt })
  } else {
    if (StreamViewType !== undefined) throw invalid('One or more parameter values were invalid: StreamViewType cannot be specified when stream is disabled')
    // A table is made without one by saying so.
    if (!current && table.streams.length > 0) throw invalid(`Table has no stream to disable: TableName: ${table.name}`)
    if (current) current.disabledAt = sandbox.now()
  }
}

function keyArn({ account, region }: Table, key = 'alias/aws/dynamodb'): string {
  return key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:${key.startsWith('alias/') ? key : `key/${key}`}`
}
