import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { GetFunctionCommand, paginateListAliases, paginateListVersionsByFunction } from '@aws-sdk/client-lambda'
import { getFormatter, getTranslations } from 'next-intl/server'
import type { InvokeView } from '@/components/lab/lab-view'
import type { CloudClients } from '@/lib/cloud'
import { db } from '@/lib/db'
import { logGroup } from '@/lib/lab/account'
import { parseReport } from '@/lib/lab/report'
import { Facts } from '../facts'
import { Fold, Section } from '../kit'
import { LogView } from '../logs/log-view'
import { viewOf } from '../view-of'
import { CodeView } from './code-view'
import { TryFunction } from './try-function'

/** Invokes that the chart begins with. */
const SHOWN = 12

/** A Lambda function: try it, see how its last invokes went, its log, its code, how it is set up. */
export const lambdaView = viewOf(async ({ viewer, clients, parts }) => {
  // The name of a version's ARN is `name:version`.
  const [name = '', ofArn] = parts.name.split(':')
  const [t, format] = await Promise.all([getTranslations('resource.lambda'), getFormatter()])
  const { Configuration: configuration = {}, Concurrency } = await clients.lambda.send(new GetFunctionCommand({ FunctionName: name, ...(ofArn !== undefined && { Qualifier: ofArn }) }))
  const [qualifiers, invokes, events] = await Promise.all([
    qualifiersOf(clients, name),
    lastInvokes(clients, name),
    db.testEvent.findMany({ where: { userId: viewer.id, functionName: name }, orderBy: { name: 'asc' }, select: { name: true, json: true } }),
  ])
  const environment = Object.entries(configuration.Environment?.Variables ?? {})
  const bytes = configuration.CodeSize ?? 0
  return (
    <>
      <TryFunction name={name} qualifiers={qualifiers} qualifier={ofArn ?? ''} events={events} invokes={invokes} />
      <Section title={t('log')}>
        <LogView group={logGroup(name)} />
      </Section>
      <Section title={t('code')}>
        <CodeView name={name} qualifier={ofArn ?? ''} />
      </Section>
      <Section title={t('configuration')}>
        <Facts
          facts={[
            [t('runtime'), configuration.Runtime],
            [t('handler'), configuration.Handler],
            [t('memory'), configuration.MemorySize && `${configuration.MemorySize} MB`],
            [t('timeout'), configuration.Timeout && t('seconds', { count: configuration.Timeout })],
            [t('role'), configuration.Role?.split('/').at(-1)],
            [t('state'), [configuration.State, configuration.LastUpdateStatus].filter(Boolean).join(', ')],
            [t('architecture'), configuration.Architectures?.join(', ')],
            [t('size'), `${format.number(bytes / 1000, { maximumFractionDigits: 1 })} kB`],
            [t('storage'), configuration.EphemeralStorage?.Size && `${configuration.EphemeralStorage.Size} MB`],
            [t('concurrency'), Concurrency?.ReservedConcurrentExecutions],
            [t('deadLetter'), configuration.DeadLetterConfig?.TargetArn],
            [t('layers'), configuration.Layers?.map(({ Arn }) => Arn).join(', ')],
            [t('modified'), configuration.LastModified && format.dateTime(new Date(configuration.LastModified), { dateStyle: 'short', timeStyle: 'medium' })],
            [t('versions'), qualifiers.map(({ words }) => words).join(', ')],
          ]}
        />
        {environment.length > 0 && (
          <Fold title={t('environment', { count: environment.length })}>
            <Facts facts={environment.map(([key, value]) => [key, <code key={key} className="font-mono text-sm">{value}</code>])} />
          </Fold>
        )}
      </Section>
    </>
  )
})

/** Versions and aliases that can be invoked, with their words; the unpublished code has none. */
async function qualifiersOf({ lambda }: CloudClients, FunctionName: string): Promise<{ value: string; words: string }[]> {
  const found: { value: string; words: string }[] = []
  for await (const { Aliases = [] } of paginateListAliases({ client: lambda }, { FunctionName })) {
    for (const { Name = '', FunctionVersion } of Aliases) found.push({ value: Name, words: `${Name} → ${FunctionVersion}` })
  }
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client: lambda }, { FunctionName })) {
    for (const { Version = '' } of Versions) if (Version !== '$LATEST') found.push({ value: Version, words: Version })
  }
  return found
}

/** The last invokes by anybody, read from the REPORT lines of the log. Without a log there are none. */
async function lastInvokes({ logs }: CloudClients, name: string): Promise<InvokeView[]> {
  const command = new FilterLogEventsCommand({ logGroupName: logGroup(name), filterPattern: 'REPORT', startTime: Date.now() - 24 * 3600_000, limit: 1000 })
  const { events = [] } = await logs.send(command).catch(() => ({ events: [] }))
  return events
    .flatMap(({ message = '', timestamp = 0 }) => {
      const report = parseReport(message)
      return report ? [{ id: report.requestId, at: new Date(timestamp).toISOString(), functionName: name, statusCode: 0, text: '', log: '', report, ...(report.status && { functionError: report.status }) }] : []
    })
    .slice(-SHOWN)
    .reverse()
}
