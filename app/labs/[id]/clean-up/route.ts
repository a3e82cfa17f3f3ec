import { answerWithEvents } from '@/components/lab/answer-request'
import { startedLabForAction } from '@/components/lab/lab-for-action'
import { cleanUp, type CleanUpEvent } from '@/lib/inventory/clean-up'
import { labContext } from '@/lib/lab/context'
import { labResources } from '@/lib/lab/resources'

/** Deletes what a lab made in the account and nothing else, tells how it goes, then looks what is left. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerWithEvents(request, async (signal) => {
    const { lab, cloud, accountId } = await startedLabForAction((await params).id)
    // As the account's root: a lab may have taken rights from the learner that its clean-up needs.
    const context = await labContext(cloud, accountId, 'checker', signal)
    const { clients, region } = context
    const names = await lab.inventory(context)
    async function* work(): AsyncGenerator<CleanUpEvent> {
      yield* cleanUp({
        reader: clients,
        learner: clients,
        place: { accountId, region },
        choose: (inventory) => labResources(inventory, names).map(({ arn }) => arn),
        async verify() {
          // Last by the lab itself: it knows what it left that is no resource of its own, such as a policy on another's role.
          await lab.cleanup(context).catch((error: Error) => {
            if (!('$metadata' in error)) throw error
          })
          return (await lab.inventory(context)).map((one) => ({ arn: one, kind: one.slice(0, one.indexOf('/')), name: one.slice(one.indexOf('/') + 1) }))
        },
        signal,
      })
    }
    return work()
  })
}
