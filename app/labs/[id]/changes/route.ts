import { answerRequest } from '@/components/lab/answer-request'
import { startedLabForAction } from '@/components/lab/lab-for-action'
import { versionOf } from '@/components/lab/place'
import type { AuditEvent } from '@/lib/cloud'
import type { LabFiles } from '@/lib/lab/define-lab'

/** Events looked through for the learner's newest change; the checks themselves leave many. */
const lookedAt = 50

/** Whether something changed elsewhere: the newest change that the learner made in the account, and the files' version. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerRequest(request, async () => {
    const { state, cloud, accountId } = await startedLabForAction((await params).id)
    const version = versionOf(state.files as LabFiles)
    if (!cloud.capabilities.has('audit.trail')) return { version, change: null }
    const { events } = await cloud.events(accountId, { limit: lookedAt })
    return { version, change: events.find(isLearnersChange)?.eventID ?? null }
  })
}

/**
 * A change from the learner's own tools. The page knows its own; what the checks did, or a function because a check
 * invoked it, would run the checks for ever.
 */
function isLearnersChange({ readOnly, userAgent }: AuditEvent): boolean {
  return !readOnly && !/app\/worklab-|AWS_Lambda|lambda\.amazonaws\.com/.test(userAgent)
}
