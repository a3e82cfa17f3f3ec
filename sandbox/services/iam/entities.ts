import { DeleteConflictException, EntityAlreadyExistsException, InvalidInputException, LimitExceededException, NoSuchEntityException, UnmodifiableEntityException, type Tag as SdkTag } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import type { Collection } from '../../store'
import { QUOTAS, requireRoom } from './quotas'
import { groups, roles, users, type Entity, type Group, type Role, type Tag, type User } from './records'

/** What of users, groups and roles differs only by name, so that their operations can share the rest. */
export interface Kind<T extends Entity> {
  word: 'user' | 'group' | 'role'
  collection: Collection<T>
  /** Bytes of all inline policies together, white space aside (IAM quotas). */
  inlineLimit: number
}

export const USER: Kind<User> = { word: 'user', collection: users, inlineLimit: 2048 }
export const GROUP: Kind<Group> = { word: 'group', collection: groups, inlineLimit: 5120 }
export const ROLE: Kind<Role> = { word: 'role', collection: roles, inlineLimit: 10_240 }

const MOST_TAGS = 50
/** Where the roles are that a service makes for itself. */
export const SERVICE_LINKED_PATH = '/aws-service-role/'

/** The user, group or role of that name. @throws NoSuchEntityException */
export async function requireEntity<T extends Entity>(sandbox: Sandbox, kind: Kind<T>, account: string, name: string): Promise<T> {
  const entity = await sandbox.store.get(kind.collection, account, name)
  if (!entity) throw notFound(`The ${kind.word} with name ${name} cannot be found.`)
  return entity
}

/** What IAM decides on: the ARN of the user, group or role, with its path where it is there. */
export async function entityArn<T extends Entity>({ sandbox, account }: Call, kind: Kind<T>, name: string): Promise<string> {
  return (await sandbox.store.get(kind.collection, account, name))?.arn ?? arnOf(account, kind.word, undefined, name)
}

/** Condition keys of a call on a user or role: its tags. */
export async function entityContext<T extends Entity>({ sandbox, account }: Call, kind: Kind<T>, name: string): Promise<Record<string, string>> {
  const entity = await sandbox.store.get(kind.collection, account, name)
  const tags = resourceTags(entity?.tags)
  return entity?.boundary === undefined ? tags : { ...tags, 'iam:PermissionsBoundary': entity.boundary }
}

/** `aws:ResourceTag/…` and IAM's own spelling of it. */
export function resourceTags(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.flatMap(({ Key, Value }) => [[`aws:ResourceTag/${Key}`, Value], [`iam:ResourceTag/${Key}`, Value]]))
}

/** `aws:RequestTag/…` and `aws:TagKeys` of a call that sets tags. */
export function requestTags(tags: SdkTag[] = []): Record<string, string | string[]> {
  const values = Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? '']))
  return tags.length > 0 ? { ...values, 'aws:TagKeys': tags.map(({ Key }) => Key!) } : {}
}

/** `arn:aws:iam::123456789012:role/path/name` */
export function arnOf(account: string, word: Kind<Entity>['word'] | 'policy' | 'instance-profile' | 'mfa' | 'server-certificate', path: string | undefined, name: string): string {
  return `arn:aws:iam::${account}:${word}${path ?? '/'}${name}`
}

/** Runs a change of the account's IAM state; no other change comes between. */
export function change<T>({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`iam ${account}`, work)
}

/** Reads a user, group or role, lets `edit` change it, and writes it. @throws NoSuchEntityException */
export function editEntity<T extends Entity>(call: Call, kind: Kind<T>, name: string, edit: (entity: T) => void | Promise<void>): Promise<T> {
  return change(call, async () => {
    const entity = await requireEntity(call.sandbox, kind, call.account, name)
    requireModifiable(entity)
    await edit(entity)
    await call.sandbox.store.put(kind.collection, call.account, name, entity)
    return entity
  })
}

/** Only AWS changes a service-linked role (API reference, UnmodifiableEntityException). @throws UnmodifiableEntityException */
export function requireModifiable(entity: Entity): void {
  if (!entity.arn.includes(`:role${SERVICE_LINKED_PATH}`)) return
  const name = entity.arn.slice(entity.arn.lastIndexOf('/') + 1)
  throw new UnmodifiableEntityException({ message: `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`, $metadata: {} })
}

/**
 * Names are told apart without regard to case.
 * @param quota where one more is made, and not one given another name
 * @throws EntityAlreadyExistsException, LimitExceededException
 */
export async function requireFreeName(sandbox: Sandbox, collection: Collection<any>, account: string, name: string, message: string, quota?: keyof typeof QUOTAS): Promise<void> {
  const taken = await sandbox.store.list(collection, account)
  if (taken.some(({ key }) => key.toLowerCase() === name.toLowerCase())) throw new EntityAlreadyExistsException({ message, $metadata: {} })
  if (quota) requireRoom(quota, taken.length)
}

/** A path begins and ends with a slash; without one it is `/`. */
export function pathOf(path: string | undefined): string {
  return path ?? '/'
}

/**
 * Tags of something new, checked against IAM's rules. Who brings some must be allowed to tag it too
 * (IAM User Guide, "Tags for AWS Identity and Access Management resources").
 * @param action such as `iam:TagRole`
 * @throws AccessDenied, InvalidInputException, LimitExceededException
 */
export async function newTags(call: Call, action: string, arn: string): Promise<Tag[]> {
  const tags: SdkTag[] = call.input.Tags ?? []
  if (tags.length > 0) await call.authorize(action, arn, requestTags(tags))
  return mergeTags([], tags)
}

/**
 * Tags with others put over them. A key in other letter case is the same key, and the newer spelling stays
 * (IAM User Guide, "Tags for AWS Identity and Access Management resources").
 * @throws InvalidInputException, LimitExceededException
 */
export function mergeTags(before: Tag[], tags: SdkTag[]): Tag[] {
  const given = new Map(tags.map(({ Key, Value }) => [Key!.toLowerCase(), { Key: Key!, Value: Value ?? '' }]))
  if (given.size < tags.length) throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if ([...given.keys()].some((key) => key.startsWith('aws:'))) throw invalidInput('Tag keys that begin with aws: are reserved for AWS.')
  const merged = new Map([...before.map((tag) => [tag.Key.toLowerCase(), tag] as const), ...given])
  if (merged.size > MOST_TAGS) throw new LimitExceededException({ message: `The number of tags has reached the maximum limit.`, $metadata: {} })
  return [...merged.values()]
}

export function notFound(message: string) {
  return new NoSuchEntityException({ message, $metadata: {} })
}

export function invalidInput(message: string) {
  return new InvalidInputException({ message, $metadata: {} })
}

export function conflict(message: string) {
  return new DeleteConflictException({ message, $metadata: {} })
}

export function overLimit(message: string) {
  return new LimitExceededException({ message, $metadata: {} })
}
