import { ProvisionedConcurrencyConfigNotFoundException, type GetProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { collection, scopeOf } from '../../store'
import { invalid } from './errors'
import { findFunction, requireFunction, resolveQualifier } from './functions'
import { unqualifiedArn, type FunctionName } from './names'
import { named } from './on-function'
import type { FunctionRecord } from './records'
import { specOf } from './run-function'

/** How many environments of a version or alias are kept ready. */
export interface ProvisionedConcurrency {
  qualifier: string
  requested: number
  /** Epoch ms. */
  lastModified: number
}

/** Scope: `account/region`; key: `name:qualifier`. */
export const provisionedConcurrency = collection<ProvisionedConcurrency>('lambda/provisioned-concurrency')

/** The published version or alias that a call names. @throws InvalidParameterValueException for $LATEST, ResourceNotFoundException */
export async function provisionable(call: Call): Promise<{ name: FunctionName & { qualifier: string }; record: FunctionRecord; version: string }> {
  const name = named(call)
  const record = await requireFunction(call.sandbox, name)
  const { version } = resolveQualifier(record, name)
  if (name.qualifier === undefined || version.version === '$LATEST') throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.')
  return { name: { ...name, qualifier: name.qualifier }, record, version: version.version }
}

/** @throws ProvisionedConcurrencyConfigNotFoundException */
export async function requireProvisioned(sandbox: Sandbox, name: FunctionName & { qualifier: string }): Promise<ProvisionedConcurrency> {
  const found = await sandbox.store.get(provisionedConcurrency, scopeOf(name), `${name.name}:${name.qualifier}`)
  if (!found) throw new ProvisionedConcurrencyConfigNotFoundException({ message: 'No Provisioned Concurrency Config found for this function', Type: 'User', $metadata: {} })
  return found
}

/** All configs of an account in a region, or of one function, by name and qualifier. */
export async function listProvisioned(sandbox: Sandbox, { account, region }: { account: string; region: string }, prefix = ''): Promise<{ key: string; value: ProvisionedConcurrency }[]> {
  return sandbox.store.list(provisionedConcurrency, scopeOf({ account, region }), { prefix })
}

/** Has the engine keep ready what is written for a function: after a change of it, its aliases or its configs, and at the start. */
export async function provisionFunction(sandbox: Sandbox, name: FunctionName): Promise<void> {
  const record = await findFunction(sandbox, name)
  if (!record) return
  const wanted = new Map<string, number>()
  for (const { value } of await listProvisioned(sandbox, name, `${name.name}:`)) {
    const version = record.aliases[value.qualifier]?.version ?? value.qualifier
    wanted.set(version, (wanted.get(version) ?? 0) + value.requested)
  }
  for (const version of Object.values(record.versions)) sandbox.engine.provision(specOf(sandbox, record, version), wanted.get(version.version) ?? 0)
}

/** Has the engine keep ready what was so before a restart. */
export async function resumeProvisioned(sandbox: Sandbox): Promise<void> {
  for (const scope of await sandbox.store.scopes(provisionedConcurrency, '')) {
    const [account, region] = scope.split('/') as [string, string]
    const names = new Set((await sandbox.store.list(provisionedConcurrency, scope)).map(({ key }) => key.slice(0, key.lastIndexOf(':'))))
    for (const name of names) await provisionFunction(sandbox, { account, region, name })
  }
}

/** A config as Lambda tells it, with how far it has come. */
export function describeProvisioned(sandbox: Sandbox, record: FunctionRecord, { qualifier, requested, lastModified }: ProvisionedConcurrency): GetProvisionedConcurrencyConfigResponse {
  const version = record.aliases[qualifier]?.version ?? qualifier
  const { allocated, available, hasFailed } = sandbox.engine.provisioned(`${unqualifiedArn(record)}:${version}`)
  const isReady = allocated >= requested
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: Math.min(available, requested),
    AllocatedProvisionedConcurrentExecutions: Math.min(allocated, requested),
    Status: isReady ? 'READY' : hasFailed ? 'FAILED' : 'IN_PROGRESS',
    StatusReason: !isReady && hasFailed ? 'FUNCTION_ERROR_INIT_FAILURE' : undefined,
    LastModified: new Date(lastModified).toISOString().replace('Z', '+0000'),
  }
}
