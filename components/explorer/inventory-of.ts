import { getCloud } from '@/lib/cloud'
import { readInventory, type Inventory } from '@/lib/inventory'

/** What an account holds, with the learner's rights. @throws CloudUnavailable */
export async function inventoryOf(accountId: string): Promise<Inventory> {
  const cloud = getCloud()
  return readInventory(await cloud.clients(accountId, { as: 'reader' }), { accountId, region: cloud.region })
}
