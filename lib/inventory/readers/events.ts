import { ListEventBusesCommand, ListRulesCommand, ListTargetsByRuleCommand, type EventBus, type Rule, type Target } from '@aws-sdk/client-eventbridge'
import type { Look } from '../look'

/** Event buses (but the default one) and rules with their targets. Rules that AWS services manage are theirs. */
export async function readEvents(look: Look): Promise<void> {
  const client = look.clients.events
  const service = 'events'
  const buses = await pages<EventBus>(look, async (NextToken) => {
    const page = await client.send(new ListEventBusesCommand({ NextToken }))
    return { items: page.EventBuses, next: page.NextToken }
  })
  await Promise.all(
    buses.map(async ({ Name: bus = '', Arn: busArn, CreationTime }) => {
      if (bus !== 'default') look.add({ arn: busArn, service, kind: 'event-bus', name: bus, createdAt: CreationTime?.toISOString() })
      const rules = await pages<Rule>(look, async (NextToken) => {
        const page = await client.send(new ListRulesCommand({ EventBusName: bus, NextToken }))
        return { items: page.Rules, next: page.NextToken }
      })
      await Promise.all(
        rules.map(async ({ Name: name = '', Arn: arn, State: state, ScheduleExpression: expression, EventPattern: pattern, RoleArn, ManagedBy, Description: description }) => {
          if (ManagedBy) return
          look.add({ arn, service, kind: 'rule', name, state, facts: { bus, expression, pattern, description } })
          look.link(arn, RoleArn, 'runsAs')
          look.link(busArn, arn, 'triggers')
          const targets = await pages<Target>(look, async (NextToken) => {
            const page = await client.send(new ListTargetsByRuleCommand({ Rule: name, EventBusName: bus, NextToken }))
            return { items: page.Targets, next: page.NextToken }
          })
          for (const { Arn, RoleArn: role, DeadLetterConfig } of targets) {
            look.link(arn, Arn, 'triggers')
            look.link(arn, role, 'runsAs')
            look.link(arn, DeadLetterConfig?.Arn, 'deadLetter')
          }
        }),
      )
    }),
  )
}

/** EventBridge's lists have no paginator in the SDK. */
async function pages<Item>(look: Look, list: (token: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>): Promise<Item[]> {
  const found: Item[] = []
  await look.ask('events', async () => {
    let token: string | undefined
    do {
      const { items, next } = await list(token)
      found.push(...(items ?? []))
      token = next
    } while (token !== undefined)
  })
  return found
}
