import { RemoveTargets$, type RemoveTargetsRequest, type RemoveTargetsResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { lockEvents } from '../buses'
import { onRule, requireRule, ruleNameOf, writeOf } from '../rules'

/** Takes targets from a rule; an id that it does not have is a failed entry. */
export const removeTargets = operation<RemoveTargetsRequest, RemoveTargetsResponse>(RemoveTargets$, {
  ...onRule,
  async run(call) {
    const { sandbox } = call
    const name = ruleNameOf(call)
    const ids = call.input.Ids!
    return lockEvents(sandbox, name.account, async () => {
      const rule = await requireRule(sandbox, name)
      await sandbox.store.batch([writeOf(name, { ...rule, targets: rule.targets.filter(({ id }) => !ids.includes(id)) })])
      const missing = ids.filter((wanted) => !rule.targets.some(({ id }) => id === wanted))
      return {
        FailedEntryCount: missing.length,
        FailedEntries: missing.map((id) => ({ TargetId: id, ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Rule ${rule.name} does not have target(s) with ID(s): [${id}].` })),
      }
    })
  },
})
