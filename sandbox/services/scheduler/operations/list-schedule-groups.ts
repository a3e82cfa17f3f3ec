import { ListScheduleGroups$, type ListScheduleGroupsInput, type ListScheduleGroupsOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { describeGroup } from '../describe'
import { groupArn, listGroups } from '../groups'
import { page } from '../paging'

/** Lists the account's groups in the region, by name. */
export const listScheduleGroups = operation<ListScheduleGroupsInput, ListScheduleGroupsOutput>(ListScheduleGroups$, {
  resource: (call) => groupArn(call, '*'),
  async run(call) {
    const wanted = (await listGroups(call.sandbox, call)).filter(({ name }) => name.startsWith(call.input.NamePrefix ?? ''))
    const { items, NextToken } = page(wanted, ({ name }) => name, call.input)
    return { ScheduleGroups: items.map(describeGroup), NextToken }
  },
})
