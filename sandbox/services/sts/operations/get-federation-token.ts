import { GetFederationToken$, type GetFederationTokenRequest, type GetFederationTokenResponse } from '@aws-sdk/client-sts'
import { issueSession } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { requestTags } from '../../iam/entities'
import { packedSize, readSessionPolicies } from '../session-policies'
import { readTags } from '../session-tags'
import { shownCredentials } from '../shown-credentials'

const DEFAULT_SECONDS = 43_200
const MOST_ROOT_SECONDS = 3600
/** Without a session policy a federated user can do nothing but what resources' policies grant it. */
const NOTHING = '{"Version":"2012-10-17","Statement":[]}'

/** Gives temporary credentials of a federated user, who can do what both the caller and the session policies may. */
export const getFederationToken = operation<GetFederationTokenRequest, GetFederationTokenResponse>(GetFederationToken$, {
  resource({ principal, account, input }) {
    if (principal.sessionStart !== undefined) throw new AwsError('AccessDenied', 'Cannot call GetFederationToken with session credentials', 403)
    return `arn:aws:sts::${account}:federated-user/${input.Name}`
  },
  context: ({ input }) => requestTags(input.Tags as never),
  async run(call) {
    const { sandbox, principal, account, input } = call
    const Arn = `arn:aws:sts::${account}:federated-user/${input.Name}`
    if (input.Tags?.length) await call.authorize('sts:TagSession', Arn, requestTags(input.Tags as never))
    const policies = await readSessionPolicies(sandbox, account, input)
    const sessionTags = readTags(input.Tags)
    const size = packedSize(input)
    const isRoot = principal.type === 'Root'
    const asked = input.DurationSeconds ?? DEFAULT_SECONDS
    const session = issueSession(
      sandbox,
      {
        type: 'FederatedUser',
        account,
        arn: Arn,
        userId: `${account}:${input.Name}`,
        ...(isRoot ? {} : { name: principal.name!, issuerId: principal.userId }),
        sessionPolicies: policies.length > 0 ? policies : [NOTHING],
        ...(input.Tags?.length ? { sessionTags } : {}),
      },
      isRoot ? Math.min(asked, MOST_ROOT_SECONDS) : asked,
    )
    return { Credentials: shownCredentials(session), FederatedUser: { FederatedUserId: `${account}:${input.Name}`, Arn }, ...size }
  },
})
