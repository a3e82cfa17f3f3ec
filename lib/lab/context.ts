import type { Cloud, Who } from '@/lib/cloud/cloud'
import type { LabContext } from './define-lab'
import { newNonce } from './run-checks'

/** Gives a lab what it works with in one account. @throws CloudUnavailable */
export async function labContext(cloud: Cloud, accountId: string, as: Who, signal: AbortSignal = new AbortController().signal): Promise<LabContext> {
  return {
    accountId,
    region: cloud.region,
    clients: await cloud.clients(accountId, { as }),
    nonce: newNonce(),
    signal,
    can: (capability) => cloud.capabilities.has(capability),
  }
}
