import { AssumeRoleWithWebIdentity$, type AssumeRoleWithWebIdentityRequest, type AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts'
import { inAccount } from '../../../clock'
import { issueSession } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { findRole, noteUse, sessionPrincipal } from '../../iam/assume-role'
import { requestTags } from '../../iam/entities'
import { globalContext } from '../../iam/global-context'
import { judge } from '../../iam/judge'
import { parsePolicy } from '../../iam/policy-document'
import type { Role } from '../../iam/records'
import { packedSize, readSessionPolicies } from '../session-policies'
import { chainedTags } from '../session-tags'
import { shownCredentials } from '../shown-credentials'
import { tokenTags } from '../token-tags'
import { readWebIdentity, type WebIdentity } from '../web-identity'

const DEFAULT_SECONDS = 3600

/** Gives temporary credentials of a role to who brings a token of an issuer that the role's account knows and the role trusts. */
export const assumeRoleWithWebIdentity = operation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse>(AssumeRoleWithWebIdentity$, {
  // The token stands for both: it says who calls, and the role's trust policy alone decides.
  isUnsigned: true,
  action: null,
  resource: ({ input }) => input.RoleArn!,
  async run(call) {
    const { input, sandbox } = call
    const [, account] = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+/.exec(input.RoleArn!) ?? []
    if (account === undefined) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`)
    if (input.ProviderId !== undefined) throw new AwsError('ValidationError', 'ProviderId is for access tokens of OAuth 2.0, which nobody can verify here; leave it out for OpenID Connect tokens.')
    const identity = await readWebIdentity(call, account, input.WebIdentityToken!)
    call.account = account
    call.principal = { type: 'WebIdentityUser', account, arn: identity.provider, userId: `${identity.provider}:${identity.audience}:${identity.subject}`, name: identity.subject, accessKeyId: '' }
    const role = await findRole(sandbox, input.RoleArn!)
    const told = tokenTags(identity.claims)
    requireTrust(call, role, identity, 'sts:AssumeRoleWithWebIdentity')
    if (told.Tags.length > 0) requireTrust(call, role, identity, 'sts:TagSession')
    if (told.sourceIdentity !== undefined) requireTrust(call, role, identity, 'sts:SetSourceIdentity')
    const seconds = input.DurationSeconds ?? DEFAULT_SECONDS
    if (seconds > role.maxSessionDuration) throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    const sessionPolicies = await readSessionPolicies(sandbox, account, input)
    const size = packedSize({ ...input, Tags: told.Tags })
    const assumed = sessionPrincipal(account, role, input.RoleSessionName!)
    const there = inAccount(sandbox, account)
    const session = issueSession(
      there,
      {
        ...assumed,
        ...(sessionPolicies.length > 0 ? { sessionPolicies } : {}),
        ...chainedTags(call.principal, told.Tags, told.TransitiveTagKeys),
        ...(told.sourceIdentity === undefined ? {} : { sourceIdentity: told.sourceIdentity }),
        federation: { 'aws:FederatedProvider': identity.provider, ...identity.context },
      },
      seconds,
    )
    await noteUse(there, account, role, call.region)
    return {
      Credentials: shownCredentials(session),
      AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
      SubjectFromWebIdentityToken: identity.subject,
      Audience: identity.audience,
      Provider: identity.provider,
      ...size,
      ...(told.sourceIdentity === undefined ? {} : { SourceIdentity: told.sourceIdentity }),
    }
  },
})

/** @throws AwsError AccessDenied where the role is not there or its trust policy does not allow it, which is not told apart */
function requireTrust(call: Call<AssumeRoleWithWebIdentityRequest>, role: Role | undefined, { provider, context, claims }: WebIdentity, action: string): asserts role is Role {
  const { Tags, TransitiveTagKeys, sourceIdentity } = tokenTags(claims)
  const own = {
    'sts:RoleSessionName': call.input.RoleSessionName!,
    'aws:FederatedProvider': provider,
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...(TransitiveTagKeys.length > 0 ? { 'sts:TransitiveTagKeys': TransitiveTagKeys } : {}),
    ...requestTags(Tags as never),
  }
  const trust = role && { name: 'trust-policy', document: parsePolicy(role.trustPolicy) }
  const inquiry = { principal: provider, action, resource: call.input.RoleArn!, context: { ...globalContext(call.sandbox, call, call.input.RoleArn!), ...context, ...own } }
  // Nobody has policies of its own here, as with a service: the trust policy must allow by itself.
  const verdict = trust && judge({ ...inquiry, kind: 'Service', isSameAccount: true }, { identity: [], sessions: [], resource: trust })
  if (!verdict?.allowed) throw new AwsError('AccessDenied', `Not authorized to perform ${action}`, 403)
}
