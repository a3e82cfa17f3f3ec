import { DescribeEventBusCommand, DescribeRuleCommand, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge'
import { GetScheduleCommand } from '@aws-sdk/client-scheduler'
import { getTranslations } from 'next-intl/server'
import { Facts } from '../facts'
import { Nothing, PolicyFold, Section } from '../kit'
import { ResourceLink } from '../resource-link'
import { viewOf } from '../view-of'
import { NextRuns } from './next-runs'
import { PutEvent } from './put-event'
import { TestPattern } from './test-pattern'

/** An event bus: put an event on it, and its rules. */
export const busView = viewOf(async ({ parts, clients: { events } }) => {
  const t = await getTranslations('resource.events')
  const [bus, { Rules = [] }] = await Promise.all([events.send(new DescribeEventBusCommand({ Name: parts.name })), events.send(new ListRulesCommand({ EventBusName: parts.name }))])
  return (
    <>
      <PutEvent bus={parts.name} />
      <Section title={t('rules', { count: Rules.length })}>
        {Rules.length === 0 && <Nothing>{t('noRules')}</Nothing>}
        <ul className="grid grid-cols-1 gap-2">
          {Rules.map(({ Name, Arn = '', State, ScheduleExpression, EventPattern }) => (
            <li key={Arn} className="border-b border-line pb-2">
              <ResourceLink arn={Arn} />
              <p className="text-sm text-muted">
                {[Name, State, ScheduleExpression].filter(Boolean).join(' · ')}
                {EventPattern && <code className="block font-mono break-all">{EventPattern}</code>}
              </p>
            </li>
          ))}
        </ul>
        <PolicyFold title={t('policy')} policy={bus.Policy} />
      </Section>
    </>
  )
})

/** A rule of a bus: does an event match it, when does it run, what does it call. */
export const ruleView = viewOf(async ({ parts, viewer, cloud, accountId, clients: { events } }) => {
  const t = await getTranslations('resource.events')
  // `rule/name` on the default bus, `rule/bus/name` on another.
  const [Name = '', bus = 'default'] = parts.name.split('/').reverse()
  const [rule, { Targets = [] }] = await Promise.all([
    events.send(new DescribeRuleCommand({ Name, EventBusName: bus })),
    events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus })),
  ])
  const pattern = rule.EventPattern === undefined ? undefined : JSON.stringify(JSON.parse(rule.EventPattern), null, 2)
  return (
    <>
      {rule.ScheduleExpression && <NextRuns cloud={cloud} accountId={accountId} expression={rule.ScheduleExpression} viewerZone={viewer.timeZone} off={rule.State !== 'ENABLED'} />}
      {pattern !== undefined && <TestPattern pattern={pattern} event={sampleFor(pattern, accountId)} />}
      {pattern !== undefined && <PutEvent bus={bus} />}
      <Section title={t('targets', { count: Targets.length })}>
        {Targets.length === 0 && <Nothing>{t('noTargets')}</Nothing>}
        <ul className="grid grid-cols-1 gap-2">
          {Targets.map(({ Id, Arn = '', Input, RoleArn, DeadLetterConfig }) => (
            <li key={Id} className="grid gap-1 border-b border-line pb-2">
              <ResourceLink arn={Arn} />
              <Facts facts={[['RoleArn', RoleArn], [t('deadLetter'), DeadLetterConfig?.Arn], ['Input', Input && <code key="input" className="font-mono text-sm break-all">{Input}</code>]]} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('facts')}>
        <Facts facts={[[t('state'), rule.State], [t('expression'), rule.ScheduleExpression], [t('bus'), bus], [t('description'), rule.Description]]} />
      </Section>
    </>
  )
})

/** A schedule of EventBridge Scheduler: when it runs next, what it calls. */
export const scheduleView = viewOf(async ({ parts, viewer, cloud, accountId, clients: { scheduler } }) => {
  const t = await getTranslations('resource.events')
  const [GroupName = 'default', Name = ''] = parts.name.split('/')
  const { ScheduleExpression = '', ScheduleExpressionTimezone = 'UTC', State, StartDate, EndDate, CreationDate, Target, FlexibleTimeWindow, Description } = await scheduler.send(new GetScheduleCommand({ GroupName, Name }))
  return (
    <>
      <NextRuns cloud={cloud} accountId={accountId} expression={ScheduleExpression} zone={ScheduleExpressionTimezone} since={StartDate ?? CreationDate} end={EndDate} viewerZone={viewer.timeZone} off={State === 'DISABLED'} />
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('expression'), ScheduleExpression],
            [t('zone'), ScheduleExpressionTimezone],
            [t('state'), State],
            [t('window'), FlexibleTimeWindow?.Mode === 'FLEXIBLE' ? `${FlexibleTimeWindow.MaximumWindowInMinutes} min` : FlexibleTimeWindow?.Mode],
            [t('target'), Target?.Arn && <ResourceLink key="target" arn={Target.Arn} />],
            ['RoleArn', Target?.RoleArn],
            ['Input', Target?.Input && <code key="input" className="font-mono text-sm break-all">{Target.Input}</code>],
            [t('deadLetter'), Target?.DeadLetterConfig?.Arn],
            [t('description'), Description],
          ]}
        />
      </Section>
    </>
  )
})

/** An event to begin with: what TestEventPattern wants of every event, and the first value that each member of the pattern names. */
function sampleFor(pattern: string, account: string): string {
  const example = (value: unknown): unknown => {
    if (Array.isArray(value)) return typeof value[0] === 'object' && value[0] !== null ? matching(value[0] as Record<string, any>) : value[0]
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, below]) => [name, example(below)])) : value
  }
  const named = example(JSON.parse(pattern)) as Record<string, unknown>
  const event = { id: '7bf73129-1428-4cd3-a780-95db273d1602', 'detail-type': 'OrderPlaced', source: 'bookshop.orders', account, time: '2026-11-24T09:00:00Z', region: 'us-east-1', resources: [], detail: {}, ...named }
  return JSON.stringify(event, null, 2)
}

/** A value that a matcher of a pattern lets through, of the common ones. */
function matching({ prefix, numeric, exists }: Record<string, any>): unknown {
  if (typeof prefix === 'string') return `${prefix}…`
  if (Array.isArray(numeric)) return numeric[0] === '>' ? numeric[1] + 1 : numeric[0] === '<' ? numeric[1] - 1 : numeric[1]
  return exists === false ? undefined : ''
}
