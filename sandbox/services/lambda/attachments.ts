import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { eventInvokeConfigs } from './event-invoke'
import { functionUrls } from './function-urls'
import type { FunctionName } from './names'
import { provisionedConcurrency } from './provisioned-concurrency'
import { runtimeManagement } from './runtime-management'

/** What hangs on a function, version or alias beside its record; keys are `name:qualifier`. */
const COLLECTIONS = [eventInvokeConfigs, functionUrls, provisionedConcurrency, runtimeManagement]

/** Deletes what hangs on a function as a whole, or on the version or alias that the name tells. */
export async function removeAttachments(sandbox: Sandbox, { account, region, name, qualifier }: FunctionName): Promise<void> {
  const scope = scopeOf({ account, region })
  for (const of of COLLECTIONS) {
    const found = await sandbox.store.list<unknown>(of, scope, { prefix: `${name}:${qualifier ?? ''}` })
    const keys = found.map(({ key }) => key).filter((key) => qualifier === undefined || key === `${name}:${qualifier}`)
    await sandbox.store.batch(keys.map((key) => ({ collection: of, scope, key })))
  }
}
