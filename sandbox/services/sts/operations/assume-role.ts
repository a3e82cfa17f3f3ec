import { AssumeRole$, PackedPolicyTooLargeException, type AssumeRoleRequest, type AssumeRoleResponse } from '@aws-sdk/client-sts'
import { authorize } from '../../../authorize'
import { issueSession } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { findRole, noteUse, sessionPrincipal } from '../../iam/assume-role'
import { requestTags } from '../../iam/entities'
import { globalContext } from '../../iam/global-context'
import { managedPolicy } from '../../iam/held-policies'
import { parsePolicy } from '../../iam/policy-document'
import { validateIdentityPolicy } from '../../iam/validate-policy'
import { asStsError } from '../malformed'

const DEFAULT_SECONDS = 3600
const MOST_CHAINED_SECONDS = 3600
/** The packed form of session policies and tags that is 100 per cent. */
const PACKED_CHARACTERS = 2048

/** Gives temporary credentials of a role to whom its trust policy names. */
export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse>(AssumeRole$, {
  resource({ sandbox, principal, input }) {
    // `open` makes every unknown key root, so there root must do.
    if (principal.type === 'Root' && sandbox.auth === 'strict') throw new AwsError('AccessDenied', 'Roles may not be assumed by root accounts.', 403)
    if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(input.RoleArn!)) throw new AwsError('ValidationError', `${input.RoleArn} is invalid`)
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
    if (input.Tags?.length) {
      const question = { principal, action: 'sts:TagSession', resource: role.arn, resourceAccount: account, resourcePolicy: trustOf(role) }
      await authorize(sandbox, { ...question, context: { ...globalContext(sandbox, call, role.arn), ...context(call) } }, 'AccessDenied')
    }
    const seconds = input.DurationSeconds ?? DEFAULT_SECONDS
    if (seconds > role.maxSessionDuration) throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    if (principal.type === 'AssumedRole' && seconds > MOST_CHAINED_SECONDS) {
      throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.')
    }
    const sessionPolicies = await readSessionPolicies(call, account)
    const tags = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]))
    const assumed = sessionPrincipal(account, role, input.RoleSessionName!)
    const session = issueSession(
      sandbox,
      { ...assumed, ...(sessionPolicies.length > 0 ? { sessionPolicies } : {}), ...(input.Tags?.length ? { sessionTags: tags } : {}) },
      seconds,
    )
    await noteUse(sandbox, account, role, region)
    return {
      Credentials: { AccessKeyId: session.accessKeyId, SecretAccessKey: session.secretAccessKey, SessionToken: session.sessionToken, Expiration: session.expiration },
      AssumedRoleUser: { AssumedRoleId: assumed.userId, Arn: assumed.arn },
      ...packedSize(input),
      ...(input.SourceIdentity === undefined ? {} : { SourceIdentity: input.SourceIdentity }),
    }
  },
})

function trustOf(role: { trustPolicy: string } | undefined): object | undefined {
  return role && parsePolicy(role.trustPolicy)
}

function context({ input }: Call<AssumeRoleRequest>): Record<string, string | string[]> {
  return {
    'sts:RoleSessionName': input.RoleSessionName!,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(input.SourceIdentity === undefined ? {} : { 'sts:SourceIdentity': input.SourceIdentity }),
    ...(input.TransitiveTagKeys?.length ? { 'sts:TransitiveTagKeys': input.TransitiveTagKeys } : {}),
    ...requestTags(input.Tags as never),
  }
}

/** The inline session policy and the managed ones, in the versions that are in force now. */
async function readSessionPolicies({ sandbox, input }: Call<AssumeRoleRequest>, account: string): Promise<string[]> {
  const texts: string[] = []
  if (input.Policy !== undefined) {
    asStsError(() => validateIdentityPolicy(input.Policy!))
    texts.push(input.Policy)
  }
  for (const { arn } of input.PolicyArns ?? []) {
    const policy = await managedPolicy(sandbox, account, arn!)
    if (!policy) throw new AwsError('ValidationError', `PolicyArn ${arn} does not exist or is not attachable.`)
    texts.push(JSON.stringify(policy.document))
  }
  return texts
}

/** How much of what a session may carry its policies and tags take, in per cent. @throws PackedPolicyTooLargeException */
function packedSize(input: AssumeRoleRequest): { PackedPolicySize?: number } {
  const parts = [input.Policy ?? '', ...(input.PolicyArns ?? []).map(({ arn }) => arn!), ...(input.Tags ?? []).map(({ Key, Value }) => Key! + Value!)]
  const size = parts.join('').length
  if (size === 0) return {}
  const percent = Math.ceil((size / PACKED_CHARACTERS) * 100)
  if (percent > 100) throw new PackedPolicyTooLargeException({ message: `Packed size of session tags consumes ${percent}% of allotted space.`, $metadata: {} })
  return { PackedPolicySize: percent }
}
