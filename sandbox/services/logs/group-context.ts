import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { groups } from './records'
import { resourceTags } from '../tag-context'

/** Condition keys of the group that a call is about: its tags. */
export async function groupContext(call: Call, group: string): Promise<Record<string, string>> {
  return resourceTags((await call.sandbox.store.get(groups, scopeOf(call), group))?.tags)
}
