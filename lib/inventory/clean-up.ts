import { CloudUnavailable } from '@/lib/cloud/errors'
import type { CloudClients } from '@/lib/cloud/clients'
import { deleteResource } from './delete'
import { saysDenied } from './if-there'
import { readInventory, type Inventory } from './index'
import { planDeletion } from './plan-deletion'

/** A resource as progress names it. `kind` is AWS's own word where the inventory does not know it. */
export interface Named {
  arn: string
  kind: string
  name: string
}

/** What happens while resources are deleted, in this order; `plan` comes again where a deletion brought up more. */
export type CleanUpEvent =
  | { type: 'plan'; resources: Named[] }
  | { type: 'deleting'; arn: string }
  | { type: 'deleted'; arn: string }
  /** AWS's words. `denied`: IAM did not allow it. */
  | { type: 'failed'; arn: string; message: string; denied: boolean }
  /** The account was looked at again: what is left of what was to go. */
  | { type: 'verified'; left: Named[] }

/** Rounds until what new looks bring up is no longer followed: a function that still runs may write its log group anew. */
const ROUNDS = 3

/**
 * Deletes resources in dependency order, one after the other, then looks whether they are gone. Safe to run twice, also
 * at once: what is gone already counts as deleted.
 *
 * @param reader sees what is there, `learner` deletes; the same rights, so that a denial is the learner's own
 * @param choose the ARNs to delete; asked again each round
 * @param verify looks at the end for what is left; by default for what was planned
 * @param signal stops before the next resource
 */
export async function* cleanUp({
  reader,
  learner,
  place,
  choose,
  verify,
  signal,
}: {
  reader: CloudClients
  learner: CloudClients
  place: { accountId: string; region: string }
  choose: (inventory: Inventory) => readonly string[]
  verify?: () => Promise<Named[]>
  signal: AbortSignal
}): AsyncGenerator<CleanUpEvent> {
  const planned = new Map<string, Named>()
  let deleted = 1
  // What failed may go in the next round, once what held it has gone; a round that deleted nothing is the last.
  for (let round = 0; round < ROUNDS && deleted > 0; round += 1) {
    const inventory = await readInventory(reader, place)
    // What was planned as part of something that has gone meanwhile is no longer found through it.
    const { goes } = planDeletion(inventory, [...choose(inventory), ...planned.keys()])
    if (goes.length === 0 && round > 0) break
    const resources = goes.map(({ arn, kind, name }) => ({ arn, kind, name }))
    for (const resource of resources) planned.set(resource.arn, resource)
    yield { type: 'plan', resources }
    deleted = 0
    for (const resource of goes) {
      if (signal.aborted) return
      const { arn } = resource
      yield { type: 'deleting', arn }
      try {
        await deleteResource(learner, resource)
        deleted += 1
        yield { type: 'deleted', arn }
      } catch (error) {
        if (error instanceof CloudUnavailable) throw error
        yield { type: 'failed', arn, message: `${(error as Error).name}: ${(error as Error).message}`, denied: saysDenied(error) }
      }
    }
  }
  if (signal.aborted) return
  yield { type: 'verified', left: verify ? await verify() : (await readInventory(reader, place)).resources.flatMap(({ arn }) => planned.get(arn) ?? []) }
}
