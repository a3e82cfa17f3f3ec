import { InvalidInputException } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { awsManaged } from './aws-managed'
import { requireEntity, ROLE, USER } from './entities'
import { parsePolicy } from './policy-document'
import { managedPolicies, type Role, type User } from './records'
import type { SimulatedPolicy } from './simulate'

/** The user or role of an ARN. @throws NoSuchEntityException, InvalidInputException where the ARN names neither */
export async function simulatedEntity({ sandbox, account }: Call, arn: string): Promise<User | Role> {
  const [, owner, word, path] = /^arn:aws:iam::(\d{12}):(user|role)\/(.+)$/.exec(arn) ?? []
  if (owner !== account) throw new InvalidInputException({ message: `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`, $metadata: {} })
  const name = path!.slice(path!.lastIndexOf('/') + 1)
  return word === 'role' ? requireEntity(sandbox, ROLE, account, name) : requireEntity(sandbox, USER, account, name)
}

/** Its inline and attached policies with their texts. */
export async function textsOfEntity(call: Call, entity: User | Role): Promise<SimulatedPolicy[]> {
  const inline = Object.entries(entity.inline).map(([name, text]) => ({ name, text, document: parsePolicy(text) }))
  const attached = await Promise.all(entity.attached.map((arn) => textOfManaged(call, arn)))
  return [...inline, ...attached.filter((policy) => policy !== undefined)]
}

/** A managed policy in its default version with its text. */
export async function textOfManaged({ sandbox, account }: Call, arn: string): Promise<SimulatedPolicy | undefined> {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const own = await sandbox.store.get(managedPolicies, account, name)
  const text = awsManaged.get(arn)?.document ?? own?.versions.find(({ id }) => id === own.defaultVersion)?.document
  return text === undefined ? undefined : { name, arn, text, document: parsePolicy(text) }
}

/** The condition keys that a user or role brings to every call of its own. */
export function contextOfEntity(account: string, entity: User | Role): Record<string, string> {
  const isUser = 'userId' in entity
  return {
    'aws:PrincipalArn': entity.arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
    ...(isUser ? { 'aws:username': entity.userName, 'aws:userid': entity.userId } : {}),
    ...Object.fromEntries(entity.tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  }
}
