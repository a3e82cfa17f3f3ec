import { DeleteScheduleGroup$, type DeleteScheduleGroupInput } from '@aws-sdk/client-scheduler'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { resourceTags } from '../../tag-context'
import { invalid } from '../errors'
import { DEFAULT_GROUP, findGroup, groupArn, lockSchedules, requireGroup } from '../groups'
import { groups, schedules } from '../records'
import { writesOf } from '../schedules'

/** Deletes a group with its schedules. */
export const deleteScheduleGroup = operation<DeleteScheduleGroupInput, object>(DeleteScheduleGroup$, {
  resource: (call) => groupArn(call, call.input.Name!),
  context: async (call) => resourceTags((await findGroup(call.sandbox, call, call.input.Name!))?.tags),
  async run(call) {
    const { sandbox } = call
    const name = call.input.Name!
    if (name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.')
    await lockSchedules(sandbox, call.account, async () => {
      await requireGroup(sandbox, call, name)
      const its = await sandbox.store.list(schedules, scopeOf(call), { prefix: `${name}/` })
      const gone = its.map(({ value }) => writesOf(sandbox, value, undefined))
      await sandbox.store.batch([{ collection: groups, scope: scopeOf(call), key: name }, ...gone.flatMap(({ writes }) => writes)])
      for (const { arm } of gone) arm()
    })
    return {}
  },
})
