import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { awsManaged, type AwsManagedPolicy } from './aws-managed'
import { change, invalidInput, notFound, overLimit, resourceTags } from './entities'
import { groups, managedPolicies, roles, users, type Entity, type ManagedPolicy } from './records'

const MOST_CHARACTERS = 6144

/** @throws InvalidInputException where an ARN is none of a managed policy */
export function requirePolicyArn(arn: string): void {
  if (!/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+/.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`)
}

/** A managed policy by its ARN, the account's or AWS's. @throws NoSuchEntityException, InvalidInputException where it is no ARN */
export async function requirePolicy({ sandbox, account }: Call, arn: string): Promise<ManagedPolicy | AwsManagedPolicy> {
  requirePolicyArn(arn)
  const policy = awsManaged.get(arn) ?? (await sandbox.store.get(managedPolicies, account, arn.slice(arn.lastIndexOf('/') + 1)))
  if (policy?.arn !== arn) throw notFound(`Policy ${arn} was not found.`)
  return policy
}

/** A managed policy that the account may change. @throws NoSuchEntityException; AccessDenied for AWS's own */
export async function requireOwnPolicy(call: Call, arn: string): Promise<ManagedPolicy> {
  const policy = await requirePolicy(call, arn)
  // AWS's policies cannot be changed, whatever one is allowed.
  if (!('versions' in policy)) throw new AwsError('AccessDenied', `User: ${call.principal.arn} is not authorized to perform this operation on resource: policy ${arn}`, 403)
  return policy
}

/** Reads a managed policy of the account, lets `edit` change it, and writes it. @throws NoSuchEntityException */
export function editPolicy(call: Call, arn: string, edit: (policy: ManagedPolicy) => void): Promise<ManagedPolicy> {
  return change(call, async () => {
    const policy = await requireOwnPolicy(call, arn)
    edit(policy)
    policy.updatedAt = new Date(call.sandbox.now()).toISOString()
    await call.sandbox.store.put(managedPolicies, call.account, policy.policyName, policy)
    return policy
  })
}

/** @throws NoSuchEntityException where the policy has no such version */
export function requireVersion(policy: ManagedPolicy, id: string): void {
  if (!policy.versions.some((version) => version.id === id)) throw notFound(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`)
}

/** All versions, oldest first. Of AWS's policies only the default is kept. */
export function versionsOf(policy: ManagedPolicy | AwsManagedPolicy): ManagedPolicy['versions'] {
  return 'versions' in policy ? policy.versions : [{ id: policy.defaultVersion, document: policy.document, createdAt: policy.updatedAt }]
}

/** Condition keys of a call on a managed policy: its tags. */
export async function policyContext({ sandbox, account }: Call, arn: string): Promise<Record<string, string>> {
  const own = await sandbox.store.get(managedPolicies, account, arn.slice(arn.lastIndexOf('/') + 1))
  return own?.arn === arn ? resourceTags(own.tags) : {}
}

interface Usage {
  attached: number
  boundaries: number
}

/** How often each managed policy is attached or is a boundary, by ARN. */
export async function usageOfAll({ sandbox, account }: Call): Promise<Map<string, Usage>> {
  const usage = new Map<string, Usage>()
  const count = (arn: string, how: keyof Usage) => {
    const before = usage.get(arn) ?? { attached: 0, boundaries: 0 }
    usage.set(arn, { ...before, [how]: before[how] + 1 })
  }
  const lists = await Promise.all([roles, users, groups].map((of) => sandbox.store.list<Entity>(of, account)))
  for (const { value } of lists.flat()) {
    for (const arn of value.attached) count(arn, 'attached')
    if (value.boundary !== undefined) count(value.boundary, 'boundaries')
  }
  return usage
}

/** How often one managed policy is in use. */
export async function usageOf(call: Call, arn: string): Promise<Usage> {
  return (await usageOfAll(call)).get(arn) ?? { attached: 0, boundaries: 0 }
}

/** White space does not count. @throws LimitExceededException */
export function requirePolicySize(text: string): void {
  if (text.replace(/\s/g, '').length > MOST_CHARACTERS) throw overLimit(`Cannot exceed quota for PolicySize: ${MOST_CHARACTERS}`)
}
