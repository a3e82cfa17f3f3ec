import { GetSessionToken$, type GetSessionTokenRequest, type GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { issueSession } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { takeCode } from '../../iam/mfa-devices'
import { shownCredentials } from '../shown-credentials'

const DEFAULT_SECONDS = 43_200
const MOST_ROOT_SECONDS = 3600

/** Gives temporary credentials of the caller, with a code of a device such that conditions on a second factor hold. Needs no permission (IAM User Guide, "Permissions for GetSessionToken"). */
export const getSessionToken = operation<GetSessionTokenRequest, GetSessionTokenResponse>(GetSessionToken$, {
  action: null,
  resource: () => '*',
  async run(call) {
    const { sandbox, principal, input } = call
    const { accessKeyId: _, ...caller } = principal
    if (principal.sessionStart !== undefined) throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403)
    const asked = input.DurationSeconds ?? DEFAULT_SECONDS
    const mfaAt = await takeCode(call, principal, input.SerialNumber, input.TokenCode)
    const session = issueSession(sandbox, { ...caller, ...(mfaAt === undefined ? {} : { mfaAt }) }, principal.type === 'Root' ? Math.min(asked, MOST_ROOT_SECONDS) : asked)
    return { Credentials: shownCredentials(session) }
  },
})
