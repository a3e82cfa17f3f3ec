import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { getFormatter, getTranslations } from 'next-intl/server'
import { Facts } from '../facts'
import { Section } from '../kit'
import { viewOf } from '../view-of'
import { LogView } from './log-view'

/** A log group: its events, live tail and settings. */
export const logGroupView = viewOf(async ({ parts, clients }) => {
  const group = parts.name.replace(/:\*$/, '')
  const [t, format] = await Promise.all([getTranslations('resource.logs'), getFormatter()])
  const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))
  const found = logGroups.find(({ logGroupName }) => logGroupName === group)
  return (
    <>
      <Section title={t('title')}>
        <LogView group={group} />
      </Section>
      {found && (
        <Section title={t('facts')}>
          <Facts
            facts={[
              [t('retention'), found.retentionInDays ? t('days', { count: found.retentionInDays }) : t('forever')],
              [t('stored'), `${format.number((found.storedBytes ?? 0) / 1000, { maximumFractionDigits: 1 })} kB`],
              [t('filters'), found.metricFilterCount],
              [t('made'), found.creationTime && format.dateTime(new Date(found.creationTime), { dateStyle: 'short', timeStyle: 'medium' })],
            ]}
          />
        </Section>
      )}
    </>
  )
})
