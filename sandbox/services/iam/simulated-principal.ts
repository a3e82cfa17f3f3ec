import { InvalidInputException } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { awsManaged } from './aws-managed'
import { entityContext, GROUP, requireEntity, ROLE, USER } from './entities'
import { groupsOf } from './held-policies'
import { policyContext } from './managed-policies'
import { parsePolicy } from './policy-document'
import { managedPolicies, type Entity, type Group, type Role, type User } from './records'
import type { SimulatedPolicy } from './simulate'

/** The user, group or role of an ARN. @throws NoSuchEntityException, InvalidInputException where the ARN names none of them */
export async function simulatedEntity({ sandbox, account }: Call, arn: string): Promise<User | Group | Role> {
  const [, owner, word, path] = /^arn:aws:iam::(\d{12}):(user|group|role)\/(.+)$/.exec(arn) ?? []
  if (owner !== account) throw new InvalidInputException({ message: `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`, $metadata: {} })
  const name = path!.slice(path!.lastIndexOf('/') + 1)
  if (word === 'group') return requireEntity(sandbox, GROUP, account, name)
  return word === 'role' ? requireEntity(sandbox, ROLE, account, name) : requireEntity(sandbox, USER, account, name)
}

/** Condition keys of a call on what an ARN names, a user, role or managed policy: its tags. */
export async function tagsOfArn(call: Call, arn: string): Promise<Record<string, string>> {
  const [, word, name] = /^arn:aws:iam::\d{12}:(user|role|policy)\/(?:.+\/)?([^/]+)$/.exec(arn) ?? []
  if (word === 'policy') return policyContext(call, arn)
  return word === 'user' ? entityContext(call, USER, name!) : word === 'role' ? entityContext(call, ROLE, name!) : {}
}

/** Its inline and attached policies with their texts; a user's groups' as well. */
export async function textsOfEntity(call: Call, entity: User | Group | Role): Promise<SimulatedPolicy[]> {
  const holders: Entity[] = 'userId' in entity ? [entity, ...(await groupsOf(call.sandbox, call.account, entity))] : [entity]
  return (await Promise.all(holders.map((holder) => ownTexts(call, holder)))).flat()
}

async function ownTexts(call: Call, entity: Entity): Promise<SimulatedPolicy[]> {
  const inline = Object.entries(entity.inline).map(([name, text]) => ({ name, text, document: parsePolicy(text) }))
  const attached = await Promise.all(entity.attached.map((arn) => textOfManaged(call, arn)))
  return [...inline, ...attached.filter((policy) => policy !== undefined)]
}

/** A managed policy in its default version with its text. */
export async function textOfManaged({ sandbox, account }: Call, arn: string): Promise<SimulatedPolicy | undefined> {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const own = await sandbox.store.get(managedPolicies, account, name)
  const text = awsManaged.get(arn)?.document ?? (own?.arn === arn ? own.versions.find(({ id }) => id === own.defaultVersion)?.document : undefined)
  return text === undefined ? undefined : { name, arn, text, document: parsePolicy(text) }
}

/** The condition keys that a user, group or role brings to every call of its own. */
export function contextOfEntity(account: string, entity: User | Group | Role): Record<string, string> {
  if ('groupId' in entity) return { 'aws:PrincipalAccount': account }
  const isUser = 'userId' in entity
  return {
    'aws:PrincipalArn': entity.arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
    ...(isUser ? { 'aws:username': entity.userName, 'aws:userid': entity.userId } : {}),
    ...Object.fromEntries(entity.tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  }
}
