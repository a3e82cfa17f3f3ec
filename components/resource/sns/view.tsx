import { GetSubscriptionAttributesCommand, GetTopicAttributesCommand, paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns'
import { getTranslations } from 'next-intl/server'
import type { CloudClients } from '@/lib/cloud'
import { Facts } from '../facts'
import { Nothing, PolicyFold, Pre, Section } from '../kit'
import { ResourceLink } from '../resource-link'
import { viewOf } from '../view-of'
import { PublishForm } from './publish-form'

/** An SNS topic: publish to it, who gets its messages and which of them. */
export const topicView = viewOf(async ({ arn, parts, clients: { sns } }) => {
  const t = await getTranslations('resource.sns')
  const [{ Attributes: of = {} }, subscriptions] = await Promise.all([sns.send(new GetTopicAttributesCommand({ TopicArn: arn })), subscriptionsOf(sns, arn)])
  return (
    <>
      <PublishForm topic={arn} fifo={parts.name.endsWith('.fifo')} />
      <Section title={t('subscriptions', { count: subscriptions.length })}>
        {subscriptions.length === 0 && <Nothing>{t('none')}</Nothing>}
        <ul className="grid grid-cols-1 gap-3">
          {subscriptions.map(({ arn: own, protocol, endpoint, filter, scope, raw, pending }) => (
            <li key={own + endpoint} className="rounded-md border border-line p-3">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-semibold">{protocol}</span> {endpoint.startsWith('arn:') ? <ResourceLink arn={endpoint} /> : <span className="font-mono text-sm break-all">{endpoint}</span>}
              </p>
              {pending && <p className="text-sm text-warn">{t('pending')}</p>}
              {raw && <p className="text-sm text-muted">{t('raw')}</p>}
              {filter ? (
                <>
                  <p className="mt-1.5 text-sm text-muted">{t(scope === 'MessageBody' ? 'filterBody' : 'filterAttributes')}</p>
                  <Pre label={t('filter', { endpoint })} className="mt-1">{JSON.stringify(JSON.parse(filter), null, 2)}</Pre>
                </>
              ) : (
                <p className="text-sm text-muted">{t('noFilter')}</p>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('displayName'), of.DisplayName],
            [t('owner'), of.Owner],
            [t('confirmed'), of.SubscriptionsConfirmed],
            [t('waiting'), of.SubscriptionsPending],
          ]}
        />
        <PolicyFold title={t('policy')} policy={of.Policy} />
      </Section>
    </>
  )
})

interface Subscription {
  arn: string
  protocol: string
  endpoint: string
  filter?: string | undefined
  scope?: string | undefined
  raw: boolean
  pending: boolean
}

async function subscriptionsOf(sns: CloudClients['sns'], TopicArn: string): Promise<Subscription[]> {
  const found: Subscription[] = []
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn })) {
    for (const { SubscriptionArn = '', Protocol = '', Endpoint = '' } of Subscriptions) {
      // Not confirmed yet, it has no ARN to ask with.
      const pending = !SubscriptionArn.startsWith('arn:')
      const { Attributes: of = {} } = pending ? {} : await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))
      found.push({ arn: SubscriptionArn, protocol: Protocol, endpoint: Endpoint, filter: of.FilterPolicy, scope: of.FilterPolicyScope, raw: of.RawMessageDelivery === 'true', pending: pending || of.PendingConfirmation === 'true' })
    }
  }
  return found
}
