import { Refused } from '@/components/lab/refusal'
import { viewerForAction, type Viewer } from '@/lib/auth'
import { getCloud, type Cloud } from '@/lib/cloud'

/** Who asks, and with which account. @throws ActionError, or Refused `notStarted` where there is no account yet */
export async function accountForAction(): Promise<{ viewer: Viewer; accountId: string; cloud: Cloud }> {
  const viewer = await viewerForAction()
  if (!viewer.sandboxAccountId) throw new Refused('notStarted')
  return { viewer, accountId: viewer.sandboxAccountId, cloud: getCloud() }
}
