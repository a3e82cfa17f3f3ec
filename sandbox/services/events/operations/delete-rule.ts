import { DeleteRule$, type DeleteRuleRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { lockEvents, requireBus } from '../buses'
import { invalid } from '../errors'
import { findRule, onRule, ruleNameOf, writeOf } from '../rules'
import { alarmOf } from '../scheduled-rules'

/** Deletes a rule without targets; one that is not there is as good as deleted. */
export const deleteRule = operation<DeleteRuleRequest, object>(DeleteRule$, {
  ...onRule,
  async run(call) {
    const { sandbox } = call
    const name = ruleNameOf(call)
    await lockEvents(sandbox, name.account, async () => {
      await requireBus(sandbox, { ...name, name: name.bus })
      const rule = await findRule(sandbox, name)
      if (!rule) return
      if (rule.targets.length > 0) throw invalid('Rule can\'t be deleted since it has targets.')
      const alarm = alarmOf(sandbox, name, undefined)
      await sandbox.store.batch([writeOf(name), alarm.write])
      alarm.arm()
    })
    return {}
  },
})
