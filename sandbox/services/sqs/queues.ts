import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { noSuchQueue, type QueueName } from './names'
import { queues, type Queue } from './records'

export function findQueue(sandbox: Sandbox, name: QueueName): Promise<Queue | undefined> {
  return sandbox.store.get(queues, scopeOf(name), name.name)
}

/** @throws QueueDoesNotExist */
export async function requireQueue(sandbox: Sandbox, name: QueueName): Promise<Queue> {
  const found = await findQueue(sandbox, name)
  if (!found) throw noSuchQueue()
  return found
}

/** All queues of an account in a region, by name. */
export async function listQueueRecords(sandbox: Sandbox, place: { account: string; region: string }, prefix = ''): Promise<Queue[]> {
  return (await sandbox.store.list(queues, scopeOf(place), { prefix })).map(({ value }) => value)
}

/** Runs `work` alone on the settings of an account's queues. */
export function lockQueues<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`sqs ${account}`, work)
}

/** Changes a queue: `change` gets the record to alter, which is then written. @throws QueueDoesNotExist, and what `change` throws */
export function changeQueue(sandbox: Sandbox, name: QueueName, change: (queue: Queue) => void | Promise<void>): Promise<void> {
  return lockQueues(sandbox, name.account, async () => {
    const queue = await requireQueue(sandbox, name)
    await change(queue)
    await sandbox.store.put(queues, scopeOf(name), name.name, queue)
  })
}

export function nowSeconds(sandbox: Sandbox): number {
  return Math.floor(sandbox.now() / 1000)
}
