import { z } from 'zod'
import { answerRequest, readBody } from '@/components/lab/answer-request'
import { Refused } from '@/components/lab/refusal'
import { cliOfCall, learnersAccount, runCall } from '@/components/resource/run-call'

/** Characters: the largest event that a function takes, and the JSON around it. */
const LIMIT = 8_000_000

/** Does one of the calls that views of resources offer, as the learner; with `cli` it only tells its AWS CLI twin. */
export async function POST(request: Request): Promise<Response> {
  return answerRequest(request, async () => {
    const context = await learnersAccount()
    const sent = z.object({ call: z.string(), input: z.unknown(), cli: z.boolean().optional() }).safeParse(await readBody(request, LIMIT))
    if (!sent.success) throw new Refused('invalid')
    const { call, input, cli } = sent.data
    return cli ? cliOfCall(call, input, context) : runCall(call, input, context)
  })
}
