import { InvalidEventPatternException, LimitExceededException, PutRule$, type PutRuleRequest, type PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { parseEventPattern } from '../../../event-pattern'
import { operation } from '../../../operation'
import { parseSchedule } from '../../../schedule-expression'
import { tagContext } from '../../tag-context'
import { lockEvents, requireBus } from '../buses'
import { invalid } from '../errors'
import { DEFAULT_BUS, ruleArn } from '../names'
import type { Rule } from '../records'
import { findRule, listRulesOf, ruleNameOf, onRule, writeOf } from '../rules'
import { alarmOf } from '../scheduled-rules'
import { tagsOf } from '../tags'

const MOST_PER_BUS = 300

/** Makes a rule, or changes the one of that name; its targets and tags stay. */
export const putRule = operation<PutRuleRequest, PutRuleResponse>(PutRule$, {
  ...onRule,
  context: async (call) => ({ ...(await onRule.context(call)), ...tagContext(call.input.Tags && tagsOf(call.input.Tags)) }),
  async run(call) {
    const { sandbox, input } = call
    const name = ruleNameOf(call)
    if (input.EventPattern === undefined && input.ScheduleExpression === undefined) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.')
    if (input.EventPattern !== undefined) checkPattern(input.EventPattern)
    if (input.ScheduleExpression !== undefined) checkSchedule(input.ScheduleExpression, name.bus)
    if (input.RoleArn !== undefined) await call.authorize('iam:PassRole', input.RoleArn, { 'iam:PassedToService': 'events.amazonaws.com' })
    if (input.Tags?.length) await call.authorize('events:TagResource', ruleArn(name), tagContext(tagsOf(input.Tags)))
    return lockEvents(sandbox, name.account, async () => {
      await requireBus(sandbox, { ...name, name: name.bus })
      const before = await findRule(sandbox, name)
      if (!before && (await listRulesOf(sandbox, { ...name, name: name.bus })).length >= MOST_PER_BUS) {
        throw new LimitExceededException({ message: `The requested resource exceeds the maximum number allowed: ${MOST_PER_BUS} rules per event bus.`, $metadata: {} })
      }
      const rule: Rule = {
        ...name,
        isEnabled: input.State !== 'DISABLED',
        targets: before?.targets ?? [],
        tags: before?.tags ?? tagsOf(input.Tags),
        createdAt: before?.schedule === input.ScheduleExpression ? (before?.createdAt ?? sandbox.now()) : sandbox.now(),
        ...(input.EventPattern === undefined ? {} : { pattern: input.EventPattern }),
        ...(input.ScheduleExpression === undefined ? {} : { schedule: input.ScheduleExpression }),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
      }
      const alarm = alarmOf(sandbox, name, rule)
      await sandbox.store.batch([writeOf(name, rule), alarm.write])
      alarm.arm()
      return { RuleArn: ruleArn(name) }
    })
  },
})

function checkPattern(text: string): void {
  let reason: string | undefined
  try {
    if (Object.keys(parseEventPattern(text)).length === 0) reason = 'Empty objects are not allowed'
  } catch (error) {
    reason = (error as Error).message
  }
  if (reason !== undefined) throw new InvalidEventPatternException({ message: `Event pattern is not valid. Reason: ${reason}`, $metadata: {} })
}

function checkSchedule(text: string, bus: string): void {
  if (bus !== DEFAULT_BUS) throw invalid('ScheduleExpression is supported only on the default event bus.')
  try {
    parseSchedule(text, { at: false })
  } catch (error) {
    throw invalid(`Parameter ScheduleExpression is not valid: ${(error as Error).message}.`)
  }
}
