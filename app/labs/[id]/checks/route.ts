import { answerRequest } from '@/components/lab/answer-request'
import { startedLabForAction, stepOf } from '@/components/lab/lab-for-action'
import { answersOf, verifiedAt } from '@/components/lab/place'
import type { LabFiles } from '@/lib/lab/define-lab'
import { labContext } from '@/lib/lab/context'
import { isStepGreen } from '@/lib/lab/question'
import { recordCheckRun } from '@/lib/lab/record'
import { runChecks } from '@/lib/lab/run-checks'

/** Runs the checks of the step named by `?step=` in the learner's account, decides whether it is done, and keeps that. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRequest(request, async () => {
    const { viewer, lab, state, cloud, accountId } = await startedLabForAction((await params).id)
    const step = stepOf(lab, new URL(request.url).searchParams.get('step'))
    const outcomes = await runChecks(step, await labContext(cloud, accountId, 'checker'), { signal: request.signal })
    const green = isStepGreen(step, outcomes, answersOf(state)[step.id])
    // A page that has gone stopped the checks half-way: that says nothing about the account.
    request.signal.throwIfAborted()
    await recordCheckRun({ userId: viewer.id, labId: lab.id, stepId: step.id, backend: cloud.backend, green, outcomes, files: state.files as LabFiles })
    return { outcomes, at: new Date().toISOString(), verifiedAt: await verifiedAt(viewer.id, lab.id, step.id) }
  })
}
