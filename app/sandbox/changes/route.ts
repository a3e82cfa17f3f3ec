import { answerRequest } from '@/components/lab/answer-request'
import { accountForAction } from '@/components/sandbox/account-for-action'

/** Events looked through for the newest change. */
const lookedAt = 50

/** The newest change in the learner's account by anyone; null where the backend keeps no trail or there is none. */
export async function GET(request: Request): Promise<Response> {
  return answerRequest(request, async () => {
    const { accountId, cloud } = await accountForAction()
    if (!cloud.capabilities.has('audit.trail')) return { change: null }
    const { events } = await cloud.events(accountId, { limit: lookedAt })
    // An invoke changes nothing of what the account holds, and labs make many.
    return { change: events.find(({ readOnly, eventName }) => !readOnly && !eventName.startsWith('Invoke'))?.eventID ?? null }
  })
}
