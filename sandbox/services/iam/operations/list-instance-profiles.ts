import { ListInstanceProfiles$, type ListInstanceProfilesRequest, type ListInstanceProfilesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { describeProfile } from '../instance-profiles'
import { page } from '../page'
import { instanceProfiles } from '../records'

/** The instance profiles under a path, sorted by name, each with its role; tags are left out (API reference, ListInstanceProfiles). */
export const listInstanceProfiles = operation<ListInstanceProfilesRequest, ListInstanceProfilesResponse>(ListInstanceProfiles$, {
  resource: ({ account, input }) => `arn:aws:iam::${account}:instance-profile${input.PathPrefix ?? '/'}`,
  async run(call) {
    const { sandbox, account, input } = call
    const found = (await sandbox.store.list(instanceProfiles, account)).map(({ value }) => value).filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...paging } = page(found, ({ profileName }) => profileName, input)
    return { InstanceProfiles: await Promise.all(items.map((profile) => describeProfile(call, { ...profile, tags: [] }))), ...paging }
  },
})
