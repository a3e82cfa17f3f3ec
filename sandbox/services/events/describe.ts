import type { EventBus as WireBus, Rule as WireRule } from '@aws-sdk/client-eventbridge'
import { busArn, ruleArn } from './names'
import type { EventBus, Rule } from './records'

/** A rule as AWS shows it. */
export function describeRule(rule: Rule): WireRule {
  return {
    Name: rule.name,
    Arn: ruleArn(rule),
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  }
}

/** A bus as AWS shows it. */
export function describeBus(bus: EventBus): WireBus {
  return {
    Name: bus.name,
    Arn: busArn(bus),
    Description: bus.description,
    Policy: bus.policy,
    CreationTime: new Date(bus.createdAt),
    LastModifiedTime: new Date(bus.modifiedAt),
  }
}
