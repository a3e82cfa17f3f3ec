import { z } from 'zod'
import { answerWithEvents, readBody } from '@/components/lab/answer-request'
import { Refused } from '@/components/lab/refusal'
import { accountForAction } from '@/components/sandbox/account-for-action'
import { cleanUp } from '@/lib/inventory/clean-up'

/** ARNs and the JSON around them, in bytes. */
const limit = 200_000

const asked = z.union([z.strictObject({ all: z.literal(true) }), z.strictObject({ arns: z.array(z.string().max(2048)).min(1).max(500) })])

/** Deletes resources of the learner's own account, or all of it, with the learner's rights, and tells how it goes. */
export async function POST(request: Request): Promise<Response> {
  return answerWithEvents(request, async (signal) => {
    const { accountId, cloud } = await accountForAction()
    const sent = asked.safeParse(await readBody(request, limit))
    if (!sent.success) throw new Refused('invalid')
    const [reader, learner] = await Promise.all([cloud.clients(accountId, { as: 'reader' }), cloud.clients(accountId, { as: 'learner' })])
    const common = { reader, learner, place: { accountId, region: cloud.region }, signal }
    if (!('all' in sent.data)) {
      const { arns } = sent.data
      return cleanUp({ ...common, choose: () => arns })
    }
    // The backend's own list sees more than the learner may, and other regions.
    const verify = async () => (await cloud.resources(accountId)).map(({ arn, type, name }) => ({ arn, kind: type, name }))
    return cleanUp({ ...common, choose: ({ resources }) => resources.map(({ arn }) => arn), verify })
  })
}
