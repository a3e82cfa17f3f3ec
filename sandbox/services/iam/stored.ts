import type { Call } from '../../operation'
import type { Collection } from '../../store'
import { change, resourceTags } from './entities'
import type { Tag } from './records'

/** Something of the account's with tags, that is not a user, group or role: a provider, a device, a certificate. */
export interface Stored<T extends { arn: string; tags: Tag[] }> {
  collection: Collection<T>
  /** @throws the error of IAM where a key can be none, or nothing is there */
  require(call: Pick<Call, 'sandbox' | 'account'>, key: string): Promise<T>
}

/** Condition keys of a call on it: its tags. */
export async function storedContext<T extends { arn: string; tags: Tag[] }>({ sandbox, account }: Call, { collection }: Stored<T>, key: string): Promise<Record<string, string>> {
  return resourceTags((await sandbox.store.get(collection, account, key))?.tags)
}

/** Reads it, lets `edit` change it, and writes it under the same key. */
export function editStored<T extends { arn: string; tags: Tag[] }>(call: Call, kind: Stored<T>, key: string, edit: (one: T) => void): Promise<T> {
  return change(call, async () => {
    const one = await kind.require(call, key)
    edit(one)
    await call.sandbox.store.put(kind.collection, call.account, key, one)
    return one
  })
}
