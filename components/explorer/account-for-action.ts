import { Refused } from '@/components/lab/refusal'
import { viewerForAction } from '@/lib/auth'
import { getCloud, type Cloud } from '@/lib/cloud'

/** The learner's own account, for requests of the pages under /sandbox. @throws ActionError, or Refused `notStarted` where there is none yet */
export async function accountForAction(): Promise<{ accountId: string; cloud: Cloud }> {
  const viewer = await viewerForAction()
  if (!viewer.sandboxAccountId) throw new Refused('notStarted')
  return { accountId: viewer.sandboxAccountId, cloud: getCloud() }
}
