import { AssumeRole$, type AssumeRoleRequest, type AssumeRoleResponse } from '@aws-sdk/client-sts'
import { authorize } from '../../../authorize'
import { inAccount } from '../../../clock'
import { issueSession } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { findRole, noteUse, sessionPrincipal } from '../../iam/assume-role'
import { requestTags } from '../../iam/entities'
import { globalContext } from '../../iam/global-context'
import { takeCode } from '../../iam/mfa-devices'
import { parsePolicy } from '../../iam/policy-document'
import { packedSize, readSessionPolicies } from '../session-policies'
import { chainedTags } from '../session-tags'
import { shownCredentials } from '../shown-credentials'

const DEFAULT_SECONDS = 3600
const MOST_CHAINED_SECONDS = 3600

/** Gives temporary credentials of a role to whom its trust policy names. */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse>(AssumeRole$, {
  async resource(call) {
    const { sandbox, principal, input } = call
    // `open` makes every unknown key root, so there root must do.
    if (principal.type === 'Root' && sandbox.auth === 'strict') throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.', 403)
    if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(input.RoleArn!)) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`)
    // From here on the caller is one who proved a second factor: trust policies may ask for it.
    const mfaAt = await takeCode(call, principal, input.SerialNumber, input.TokenCode)
    if (mfaAt !== undefined) call.principal = { ...principal, mfaAt }
    return input.RoleArn!
  },
  context,
  resourcePolicy: async ({ sandbox, input }) => trustOf(await findRole(sandbox, input.RoleArn!)),
  async run(call) {
    const { sandbox, principal, region, input } = call
    const role = await findRole(sandbox, input.RoleArn!)
    // Whether a role exists is not told to those who may not assume it.
    if (!role) throw new AwsError('AccessDenied', `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`, 403)
    const account = role.arn.split(':')[4]!
    const alsoNeeds = async (action: string) => {
      const question = { principal, action, resource: role.arn, resourceAccount: account, resourcePolicy: trustOf(role) }
      await authorize(sandbox, { ...question, context: { ...globalContext(sandbox, call, role.arn), ...context(call) } }, 'AccessDenied')
    }
    if (input.Tags?.length) await alsoNeeds('sts:TagSession')
    const sourceIdentity = input.SourceIdentity ?? principal.sourceIdentity
    if (sourceIdentity !== undefined) {
      if (sourceIdentity !== (principal.sourceIdentity ?? sourceIdentity)) {
        throw new AwsError('AccessDenied', `The source identity of this session is ${principal.sourceIdentity}; it cannot be changed along a chain of roles.`, 403)
      }
      await alsoNeeds('sts:SetSourceIdentity')
    }
    const seconds = input.DurationSeconds ?? DEFAULT_SECONDS
    if (seconds > role.maxSessionDuration) throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    if (principal.type === 'AssumedRole' && seconds > MOST_CHAINED_SECONDS) {
      throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.')
    }
    const sessionPolicies = await readSessionPolicies(sandbox, account, input)
    const tags = chainedTags(principal, input.Tags, input.TransitiveTagKeys)
    const size = packedSize(input)
    const assumed = sessionPrincipal(account, role, input.RoleSessionName!)
    const session = issueSession(
      // Its life is reckoned by the clock of the account that it is of.
      inAccount(sandbox, account),
      { ...assumed, ...(sessionPolicies.length > 0 ? { sessionPolicies } : {}), ...tags, ...(sourceIdentity === undefined ? {} : { sourceIdentity }) },
      seconds,
    )
    await noteUse(sandbox, account, role, region)
    return {
      Credentials: shownCredentials(session),
      AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
      ...size,
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    }
  },
})

function trustOf(role: { trustPolicy: string } | undefined): object | undefined {
  return role && parsePolicy(role.trustPolicy)
}

function context({ principal, input }: Call<AssumeRoleRequest>): Record<string, string | string[]> {
  const sourceIdentity = input.SourceIdentity ?? principal.sourceIdentity
  return {
    'sts:RoleSessionName': input.RoleSessionName!,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(sourceIdentity === undefined ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...(input.TransitiveTagKeys?.length ? { 'sts:TransitiveTagKeys': input.TransitiveTagKeys } : {}),
    ...requestTags(input.Tags as never),
  }
}
