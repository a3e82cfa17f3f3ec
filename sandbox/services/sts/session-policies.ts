import { PackedPolicyTooLargeException, type AssumeRoleRequest } from '@aws-sdk/client-sts'
import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { managedPolicy } from '../iam/held-policies'
import { validateIdentityPolicy } from '../iam/validate-policy'
import { asStsError } from './malformed'

/** What of a request for a session narrows and marks it. */
type SessionInput = Pick<AssumeRoleRequest, 'Policy' | 'PolicyArns' | 'Tags'>

/** The packed form of session policies and tags that is 100 per cent. */
const PACKED_CHARACTERS = 2048

/**
 * The inline session policy and the managed ones, in the versions that are in force now.
 * @throws MalformedPolicyDocumentException; ValidationError for a managed policy that the account has not
 */
export async function readSessionPolicies(sandbox: Sandbox, account: string, { Policy, PolicyArns }: SessionInput): Promise<string[]> {
  const texts: string[] = []
  if (Policy !== undefined) {
    asStsError(() => validateIdentityPolicy(Policy))
    texts.push(Policy)
  }
  for (const { arn } of PolicyArns ?? []) {
    const policy = await managedPolicy(sandbox, account, arn ?? '')
    if (!policy) throw new AwsError('ValidationError', `PolicyArn ${arn} does not exist or is not attachable.`)
    texts.push(JSON.stringify(policy.document))
  }
  return texts
}

/** How much of what a session may carry its policies and tags take, in per cent. @throws PackedPolicyTooLargeException */
export function packedSize({ Policy, PolicyArns, Tags }: SessionInput): { PackedPolicySize?: number } {
  const parts = [Policy ?? '', ...(PolicyArns ?? []).map(({ arn }) => arn ?? ''), ...(Tags ?? []).map(({ Key, Value }) => Key! + Value!)]
  const size = parts.join('').length
  if (size === 0) return {}
  const percent = Math.ceil((size / PACKED_CHARACTERS) * 100)
  if (percent > 100) throw new PackedPolicyTooLargeException({ message: `Packed size of session tags consumes ${percent}% of allotted space.`, $metadata: {} })
  return { PackedPolicySize: percent }
}
