import { PolicyNotAttachableException } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { editEntity, notFound, overLimit, requireEntity, type Kind } from './entities'
import { managedPolicy } from './held-policies'
import { requirePolicyArn } from './managed-policies'
import { page } from './page'
import { requireRoom } from './quotas'
import type { Entity } from './records'
import { validateIdentityPolicy } from './validate-policy'

/** AWS's policies for service-linked roles, which nobody else can have. */
const SERVICE_POLICIES = 'arn:aws:iam::aws:policy/aws-service-role/'

/** Writes an inline policy. @throws MalformedPolicyDocumentException, LimitExceededException, NoSuchEntityException */
export async function putInlinePolicy<T extends Entity>(call: Call, kind: Kind<T>, name: string, policyName: string, text: string): Promise<void> {
  validateIdentityPolicy(text)
  await editEntity(call, kind, name, (entity) => {
    entity.inline[policyName] = text
    // White space does not count (IAM quotas).
    const size = Object.values(entity.inline).reduce((sum, one) => sum + one.replace(/\s/g, '').length, 0)
    if (size > kind.inlineLimit) throw overLimit(`Maximum policy size of ${kind.inlineLimit} bytes exceeded for ${kind.word} ${name}`)
  })
}

/** The text of an inline policy. @throws NoSuchEntityException */
export async function inlinePolicy<T extends Entity>(call: Call, kind: Kind<T>, name: string, policyName: string): Promise<string> {
  const entity = await requireEntity(call.sandbox, kind, call.account, name)
  return Object.hasOwn(entity.inline, policyName) ? entity.inline[policyName]! : fail(kind, policyName)
}

/** Deletes an inline policy. @throws NoSuchEntityException */
export async function deleteInlinePolicy<T extends Entity>(call: Call, kind: Kind<T>, name: string, policyName: string): Promise<void> {
  await editEntity(call, kind, name, (entity) => {
    if (!Object.hasOwn(entity.inline, policyName)) fail(kind, policyName)
    delete entity.inline[policyName]
  })
}

/** Names of the inline policies, a page of them. @throws NoSuchEntityException */
export async function listInlinePolicies<T extends Entity>(call: Call, kind: Kind<T>, name: string) {
  const entity = await requireEntity(call.sandbox, kind, call.account, name)
  const { items, ...paging } = page(Object.keys(entity.inline).sort(), (policyName) => policyName, call.input)
  return { PolicyNames: items, ...paging }
}

/** Attaches a managed policy; again makes no difference. @throws NoSuchEntityException, LimitExceededException */
export async function attachPolicy<T extends Entity>(call: Call, kind: Kind<T>, name: string, arn: string): Promise<void> {
  await editEntity(call, kind, name, async (entity) => {
    await requireAttachable(call, arn)
    if (entity.attached.includes(arn)) return
    requireRoom(`PoliciesPer${capitalised(kind.word)}`, entity.attached.length)
    entity.attached.push(arn)
  })
}

/** Detaches a managed policy. @throws NoSuchEntityException where it is not attached, InvalidInputException where it is no ARN */
export async function detachPolicy<T extends Entity>(call: Call, kind: Kind<T>, name: string, arn: string): Promise<void> {
  requirePolicyArn(arn)
  await editEntity(call, kind, name, (entity) => {
    if (!entity.attached.includes(arn)) throw notFound(`Policy ${arn} was not found.`)
    entity.attached = entity.attached.filter((one) => one !== arn)
  })
}

/** The attached managed policies under a path, a page of them. @throws NoSuchEntityException */
export async function listAttachedPolicies<T extends Entity>(call: Call, kind: Kind<T>, name: string) {
  const entity = await requireEntity(call.sandbox, kind, call.account, name)
  const prefix = (call.input.PathPrefix as string | undefined) ?? '/'
  const found = entity.attached
    .filter((arn) => arn.slice(arn.indexOf('policy/') + 'policy'.length).startsWith(prefix))
    .map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
    .sort((a, b) => (a.PolicyName < b.PolicyName ? -1 : 1))
  const { items, ...paging } = page(found, (policy) => policy.PolicyName, call.input)
  return { AttachedPolicies: items, ...paging }
}

/** Bounds a user or role by a managed policy. @throws NoSuchEntityException */
export async function putBoundary<T extends Entity>(call: Call, kind: Kind<T>, name: string, arn: string): Promise<void> {
  await editEntity(call, kind, name, async (entity) => {
    await requireAttachable(call, arn)
    entity.boundary = arn
  })
}

/** Takes the boundary away. @throws NoSuchEntityException */
export async function deleteBoundary<T extends Entity>(call: Call, kind: Kind<T>, name: string): Promise<void> {
  await editEntity(call, kind, name, (entity) => {
    if (entity.boundary === undefined) throw notFound(`${capitalised(kind.word)} ${name} does not have a permissions boundary attached`)
    delete entity.boundary
  })
}

/** @throws NoSuchEntityException where the account can use no managed policy of that ARN, InvalidInputException where it is no ARN, PolicyNotAttachableException */
export async function requireAttachable({ sandbox, account }: Call, arn: string): Promise<void> {
  requirePolicyArn(arn)
  if (arn.startsWith(SERVICE_POLICIES)) throw new PolicyNotAttachableException({ message: 'Cannot attach a Service Role Policy to a Customer Role.', $metadata: {} })
  if (!(await managedPolicy(sandbox, account, arn))) throw notFound(`Policy ${arn} does not exist or is not attachable.`)
}

function fail<T extends Entity>(kind: Kind<T>, policyName: string): never {
  throw notFound(`The ${kind.word} policy with name ${policyName} cannot be found.`)
}

function capitalised<T extends string>(word: T): Capitalize<T> {
  return (word.charAt(0).toUpperCase() + word.slice(1)) as Capitalize<T>
}
