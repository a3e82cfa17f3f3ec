import { answerRequest, readBody } from '@/components/lab/answer-request'
import { keepSent } from '@/components/api-tester/kept-requests'
import { apiRequest } from '@/components/api-tester/request'
import { sendApiRequest } from '@/components/api-tester/send-request'
import { fieldErrors, learnersAccount } from '@/components/resource/run-call'

/** Characters of a form at most. */
const LIMIT = 3_000_000

/** Sends a request to one of the learner's own deployed APIs, and keeps it among the last that were sent. */
export async function POST(request: Request): Promise<Response> {
  return answerRequest(request, async () => {
    const context = await learnersAccount()
    const sent = apiRequest.safeParse(await readBody(request, LIMIT))
    if (!sent.success) return { ok: false, fields: fieldErrors(sent.error.issues) }
    const result = await sendApiRequest(sent.data, context, request.signal)
    const answered = result.ok ? (result.exchange ?? result.preflight) : undefined
    if (answered) await keepSent(context.viewer.id, sent.data, answered.response.status)
    return result
  })
}
