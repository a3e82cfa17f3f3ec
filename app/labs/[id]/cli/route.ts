import { z } from 'zod'
import { answerRequest, readBody } from '@/components/lab/answer-request'
import { cliTwin } from '@/components/lab/cli-twin'
import { fieldLimit } from '@/components/lab/form-input'
import { startedLabForAction, stepOf } from '@/components/lab/lab-for-action'
import { Refused } from '@/components/lab/refusal'

/** The AWS CLI command that does what a form would do with its present values. Nothing is sent to AWS. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRequest(request, async () => {
    const started = await startedLabForAction((await params).id)
    const sent = z.object({ step: z.string(), action: z.string(), values: z.record(z.string(), z.string()) }).safeParse(await readBody(request, 2 * fieldLimit))
    if (!sent.success) throw new Refused('invalid')
    const action = stepOf(started.lab, sent.data.step).actions.find(({ id }) => id === sent.data.action)
    if (!action) throw new Refused('closed')
    return cliTwin(started, action, sent.data.values)
  })
}
