import * as sdk from '@aws-sdk/client-eventbridge'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import constraints from './constraints.json' with { type: 'json' }
import { deadLetterAttributes } from './deliver'
import { busArn, DEFAULT_BUS, ruleArn } from './names'
import { createEventBus } from './operations/create-event-bus'
import { deleteEventBus } from './operations/delete-event-bus'
import { deleteRule } from './operations/delete-rule'
import { describeEventBus } from './operations/describe-event-bus'
import { describeRule } from './operations/describe-rule'
import { disableRule } from './operations/disable-rule'
import { enableRule } from './operations/enable-rule'
import { listEventBuses } from './operations/list-event-buses'
import { listRuleNamesByTarget } from './operations/list-rule-names-by-target'
import { listRules } from './operations/list-rules'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { listTargetsByRule } from './operations/list-targets-by-rule'
import { putEvents } from './operations/put-events'
import { putPermission } from './operations/put-permission'
import { putRule } from './operations/put-rule'
import { putTargets } from './operations/put-targets'
import { removePermission } from './operations/remove-permission'
import { removeTargets } from './operations/remove-targets'
import { tagResource } from './operations/tag-resource'
import { testEventPattern } from './operations/test-event-pattern'
import { untagResource } from './operations/untag-resource'
import { updateEventBus } from './operations/update-event-bus'
import { buses, rules } from './records'
import { receive } from './receive'
import { runScheduledRule } from './scheduled-rules'

/** Amazon EventBridge: buses, rules and their targets. Archives, replays, API destinations and partners are not there. */
export const events: Service = {
  name: 'events',
  eventSource: 'events.amazonaws.com',
  protocol: 'json',
  target: 'AWSEvents',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  operations: [
    createEventBus,
    deleteEventBus,
    deleteRule,
    describeEventBus,
    describeRule,
    disableRule,
    enableRule,
    listEventBuses,
    listRuleNamesByTarget,
    listRules,
    listTagsForResource,
    listTargetsByRule,
    putEvents,
    putPermission,
    putRule,
    putTargets,
    removePermission,
    removeTargets,
    tagResource,
    testEventPattern,
    untagResource,
    updateEventBus,
  ],
  alarm: runScheduledRule,
  receive,
  deadLetterAttributes,
  resources,
}

async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  const custom = (await store.ofAccount(buses, account)).filter(({ name }) => name !== DEFAULT_BUS)
  return [
    ...custom.map((bus) => ({ service: 'events', type: 'event-bus', name: bus.name, arn: busArn(bus), createdAt: bus.createdAt })),
    ...(await store.ofAccount(rules, account)).map((rule) => ({ service: 'events', type: 'rule', name: rule.name, arn: ruleArn(rule), createdAt: new Date(rule.createdAt).toISOString() })),
  ]
}
