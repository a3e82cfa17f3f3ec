import { ListSchedules$, type ListSchedulesInput, type ListSchedulesOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { summarizeSchedule } from '../describe'
import { requireGroup } from '../groups'
import { page } from '../paging'
import { schedules } from '../records'
import { keyOf, scheduleArn } from '../schedules'

/** Lists schedules, of one group or of all. */
export const listSchedules = operation<ListSchedulesInput, ListSchedulesOutput>(ListSchedules$, {
  resource: ({ account, region }) => scheduleArn({ account, region, group: '*', name: '*' }),
  async run(call) {
    const { GroupName, NamePrefix = '', State } = call.input
    if (GroupName !== undefined) await requireGroup(call.sandbox, call, GroupName)
    const all = await call.sandbox.store.list(schedules, scopeOf(call), { prefix: GroupName === undefined ? '' : `${GroupName}/` })
    const wanted = all.map(({ value }) => value).filter(({ name, isEnabled }) => name.startsWith(NamePrefix) && (State === undefined || isEnabled === (State === 'ENABLED')))
    const { items, NextToken } = page(wanted, keyOf, call.input)
    return { Schedules: items.map(summarizeSchedule), NextToken }
  },
})
