import { PutTargets$, type PutTargetsRequest, type PutTargetsResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { lockEvents } from '../buses'
import { invalid } from '../errors'
import { onRule, requireRule, ruleNameOf, writeOf } from '../rules'
import { readTarget, withTargets } from '../targets'

/** Adds targets to a rule, or changes those of the same ids. */
export const putTargets = operation<PutTargetsRequest, PutTargetsResponse>(PutTargets$, {
  ...onRule,
  context: async (call) => ({ ...(await onRule.context(call)), 'events:TargetArn': call.input.Targets!.map(({ Arn }) => Arn!) }),
  async run(call) {
    const { sandbox, input } = call
    const name = ruleNameOf(call)
    const added = input.Targets!.map(readTarget)
    const ids = added.map(({ id }) => id)
    if (new Set(ids).size < ids.length) throw invalid('Each target of a request needs an Id of its own.')
    for (const { roleArn } of added) if (roleArn !== undefined) await call.authorize('iam:PassRole', roleArn, { 'iam:PassedToService': 'events.amazonaws.com' })
    await lockEvents(sandbox, name.account, async () => {
      const rule = await requireRule(sandbox, name)
      await sandbox.store.batch([writeOf(name, { ...rule, targets: withTargets(rule.targets, added) })])
    })
    return { FailedEntryCount: 0, FailedEntries: [] }
  },
})
