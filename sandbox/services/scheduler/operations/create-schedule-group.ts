import { CreateScheduleGroup$, type CreateScheduleGroupInput, type CreateScheduleGroupOutput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { conflict, tooMany } from '../errors'
import { findGroup, groupArn, listGroups, lockSchedules } from '../groups'
import { groups } from '../records'
import { tagsOf } from '../tags'

const MOST_GROUPS = 500

/** Makes a group of schedules. */
export const createScheduleGroup = operation<CreateScheduleGroupInput, CreateScheduleGroupOutput>(CreateScheduleGroup$, {
  resource: (call) => groupArn(call, call.input.Name!),
  context: ({ input }) => tagContext(input.Tags && tagsOf(input.Tags)),
  async run(call) {
    const { sandbox, account, region, input } = call
    const name = input.Name!
    if (input.Tags?.length) await call.authorize('scheduler:TagResource', groupArn(call, name), tagContext(tagsOf(input.Tags)))
    await lockSchedules(sandbox, account, async () => {
      if (await findGroup(sandbox, call, name)) throw conflict(`Schedule group ${name} already exists.`)
      if ((await listGroups(sandbox, call)).length >= MOST_GROUPS) throw tooMany(`The account has reached its quota of ${MOST_GROUPS} schedule groups.`)
      const now = sandbox.now()
      await sandbox.store.put(groups, scopeOf(call), name, { account, region, name, tags: tagsOf(input.Tags), createdAt: now, modifiedAt: now })
    })
    return { ScheduleGroupArn: groupArn(call, name) }
  },
})
