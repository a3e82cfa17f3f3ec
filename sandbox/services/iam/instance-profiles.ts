import type { Call } from '../../operation'
import { arnOf, change, notFound, resourceTags } from './entities'
import { instanceProfiles, roles, type InstanceProfile } from './records'
import { shownInstanceProfile } from './shapes'

/** The instance profile of that name. @throws NoSuchEntityException */
export async function requireProfile({ sandbox, account }: Call, name: string): Promise<InstanceProfile> {
  const profile = await sandbox.store.get(instanceProfiles, account, name)
  if (!profile) throw notFound(`Instance Profile ${name} cannot be found.`)
  return profile
}

/** What IAM decides on: the ARN, with its path where the profile is there. */
export async function profileArn({ sandbox, account }: Call, name: string): Promise<string> {
  return (await sandbox.store.get(instanceProfiles, account, name))?.arn ?? arnOf(account, 'instance-profile', undefined, name)
}

/** Condition keys of a call on an instance profile: its tags. */
export async function profileContext({ sandbox, account }: Call, name: string): Promise<Record<string, string>> {
  return resourceTags((await sandbox.store.get(instanceProfiles, account, name))?.tags)
}

/** Reads an instance profile, lets `edit` change it, and writes it. @throws NoSuchEntityException */
export function editProfile(call: Call, name: string, edit: (profile: InstanceProfile) => void | Promise<void>): Promise<InstanceProfile> {
  return change(call, async () => {
    const profile = await requireProfile(call, name)
    await edit(profile)
    await call.sandbox.store.put(instanceProfiles, call.account, name, profile)
    return profile
  })
}

/** The instance profiles that hold a role, sorted by name. */
export async function profilesOfRole({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, roleName: string): Promise<InstanceProfile[]> {
  return (await sandbox.store.list(instanceProfiles, account)).map(({ value }) => value).filter((profile) => profile.roleName === roleName)
}

/** An instance profile with the role that it holds. */
export async function describeProfile({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, profile: InstanceProfile) {
  const role = profile.roleName === undefined ? undefined : await sandbox.store.get(roles, account, profile.roleName)
  return shownInstanceProfile(profile, role)
}
