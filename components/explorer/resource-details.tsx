import Link from 'next/link'
import { getFormatter, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CopyButton } from '@/components/lab/copy-button'
import { Notice } from '@/components/ui/notice'
import { commandToCli } from '@/lib/aws-cli'
import { getCloud } from '@/lib/cloud'
import type { Inventory, Resource } from '@/lib/inventory'
import { withoutQualifier } from '@/lib/inventory/look'
import { lookCommand } from '@/lib/inventory/look-at'
import { readParts } from '@/lib/inventory/parts'
import { planDeletion } from '@/lib/inventory/plan-deletion'
import { DeletePanel } from './delete-panel'
import { inventoryOf } from './inventory-of'
import { Failures } from './failures'
import { ServiceIcon } from './kind-icon'
import { resourceHref } from './resource-href'

/** Where AWS states its prices, as of 2025 and for us-east-1. */
const PRICES = { apigateway: 'api-gateway', lambda: 'lambda', dynamodb: 'dynamodb', s3: 's3', sns: 'sns', sqs: 'sqs', events: 'eventbridge', scheduler: 'eventbridge', iam: undefined, logs: 'cloudwatch', cloudwatch: 'cloudwatch' } as const

/**
 * One resource of the account: facts, what it is connected with, what it costs on AWS, how to look at it by CLI, deleting
 * it with what depends on it. Where it is not there, or may not be seen, that is said.
 *
 * @param view looks into it and lets the learner try it
 */
export async function ResourceDetails({ accountId, arn, view }: { accountId: string; arn: string; view: ReactNode }) {
  const [t, inventory] = await Promise.all([getTranslations('explorer'), inventoryOf(accountId)])
  const resource = inventory.resources.find((one) => one.arn === withoutQualifier(arn))
  if (!resource) {
    return (
      <div className="mt-4">
        <Notice tone="warn">{t(inventory.failed.length > 0 ? 'details.notSeen' : 'details.notThere')}</Notice>
        <Failures failed={inventory.failed} />
        {inventory.failed.length > 0 && view}
      </div>
    )
  }
  const cloud = getCloud()
  const { parts, tags, failed } = await readParts(await cloud.clients(accountId, { as: 'reader' }), { accountId, region: cloud.region }, resource)
  const cli = commandToCli(...lookCommand(resource))
  const prices = PRICES[resource.service]
  return (
    <>
      <p className="mt-1 flex items-center gap-2 text-muted">
        <ServiceIcon service={resource.service} className="text-accent" />
        {t(`kinds.${resource.kind}`)}
      </p>
      <Facts resource={resource} inventory={inventory} />
      <Failures failed={failed} />
      {(['stage', 'route', 'version', 'alias', 'url'] as const).map((kind) => {
        const some = parts.filter((part) => part.kind === kind)
        return (
          some.length > 0 && (
            <Section key={kind} title={t(`parts.${kind}`)}>
              <ul>
                {some.map(({ name, detail }) => (
                  <li key={name} className="break-words">
                    <code className="font-mono text-sm">{name}</code> {detail && <span className="font-mono text-sm text-muted">→ {detail}</span>}
                  </li>
                ))}
              </ul>
            </Section>
          )
        )
      })}
      {view}
      <Connections resource={resource} inventory={inventory} />
      {Object.keys(tags).length > 0 && (
        <Section title={t('details.tags')}>
          <ul>
            {Object.entries(tags).map(([key, value]) => (
              <li key={key} className="font-mono text-sm break-words">
                {key} = {value}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('details.cost')}>
        <p className="max-w-prose">
          {t(`costs.${resource.kind}`)} {t('details.costHere')}
          {prices && (
            <>
              {' '}
              <a className="link" href={`https://aws.amazon.com/${prices}/pricing/`} rel="noreferrer">
                {t('details.prices')}
              </a>
            </>
          )}
        </p>
      </Section>
      <Section title={t('details.cli')}>
        <div className="flex items-start gap-2">
          <pre tabIndex={0} aria-label={t('details.cli')} className="min-w-0 flex-1 overflow-x-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm">
            {cli}
          </pre>
          <CopyButton text={cli} what={t('details.cliWhat')} />
        </div>
      </Section>
      <Section title={t('details.delete')}>
        <Deletion resource={resource} inventory={inventory} />
      </Section>
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-7">
      <h3 className="mb-1.5 text-lg">{title}</h3>
      {children}
    </section>
  )
}

async function Facts({ resource, inventory }: { resource: Resource; inventory: Inventory }) {
  const [t, format] = await Promise.all([getTranslations('explorer'), getFormatter()])
  const { state, createdAt, facts } = resource
  const units: Record<string, string> = { memory: 'MB', timeout: 's', visibility: 's', retention: resource.kind === 'queue' ? 's' : 'd', bytes: 'B', codeSize: 'B' }
  const shown = (name: string, value: string | number): ReactNode => {
    const linked = inventory.resources.find(({ arn }) => arn === value)
    if (linked) return <ResourceLink resource={linked} />
    const unit = units[name]
    return <span className="font-mono text-sm break-all">{typeof value === 'number' ? `${format.number(value)}${unit === 'd' ? ` ${t('details.days')}` : unit ? ` ${unit}` : ''}` : value}</span>
  }
  const rows: [string, ReactNode][] = [
    ...(state === undefined ? [] : [[t('list.state'), <code key="state" lang="en">{state}</code>] as [string, ReactNode]]),
    ...(createdAt === undefined ? [] : [[t('list.made'), format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'short' })] as [string, ReactNode]]),
    ...Object.entries(facts).map(([name, value]): [string, ReactNode] => [t(`facts.${name as 'runtime'}`), shown(name, value)]),
  ]
  if (rows.length === 0) return null
  return (
    <dl className="mt-4 grid grid-cols-1 gap-x-6 gap-y-1.5 sm:grid-cols-[12rem_minmax(0,1fr)]">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:mt-1.5 max-sm:text-sm">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

async function Connections({ resource: { arn }, inventory: { resources, edges } }: { resource: Resource; inventory: Inventory }) {
  const t = await getTranslations('explorer')
  const of = (other: string) => resources.find((one) => one.arn === other)!
  const lines = edges.flatMap(({ from, to, kind }) => (from === arn ? [{ words: t(`connections.${kind}.out`), other: of(to) }] : to === arn ? [{ words: t(`connections.${kind}.in`), other: of(from) }] : []))
  return (
    <Section title={t('details.connections')}>
      {lines.length === 0 ? (
        <p>{t('details.alone')}</p>
      ) : (
        <ul className="grid gap-1">
          {lines.map(({ words, other }) => (
            <li key={`${words} ${other.arn}`} className="break-words">
              <span className="text-muted">{words}</span> <ResourceLink resource={other} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

async function ResourceLink({ resource: { arn, service, kind, name } }: { resource: Resource }) {
  const t = await getTranslations('explorer.kinds')
  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5">
      <ServiceIcon service={service} className="text-accent" />
      <span className="min-w-0">
        {t(kind)}{' '}
        <Link prefetch={false} className="link break-all" href={resourceHref(arn)}>
          {name}
        </Link>
      </span>
    </span>
  )
}

async function Deletion({ resource, inventory }: { resource: Resource; inventory: Inventory }) {
  const t = await getTranslations('explorer')
  const { goes, affected } = planDeletion(inventory, [resource.arn])
  const withIt = goes.filter(({ arn }) => arn !== resource.arn)
  const inside = `inside.${resource.kind}`
  return (
    <DeletePanel
      label={t('details.deleteThis')}
      yes={t('details.deleteYes', { count: goes.length })}
      body={{ arns: [resource.arn] }}
      after={
        <Link className="link" href="/sandbox">
          {t('details.back')}
        </Link>
      }
    >
      <div className="grid gap-3">
        <p>
          {t('details.deleteAsk', { name: resource.name })} {t.has(inside as 'inside.bucket') && t(inside as 'inside.bucket')}
        </p>
        <Listed title={t('details.goes')} resources={withIt} />
        <Listed title={t('details.affected')} resources={affected} />
        {withIt.length === 0 && affected.length === 0 && <p>{t('details.nothingElse')}</p>}
      </div>
    </DeletePanel>
  )
}

function Listed({ title, resources }: { title: string; resources: readonly Resource[] }) {
  if (resources.length === 0) return null
  return (
    <div>
      <p className="font-semibold">{title}</p>
      <ul className="grid gap-1">
        {resources.map((one) => (
          <li key={one.arn}>
            <ResourceLink resource={one} />
          </li>
        ))}
      </ul>
    </div>
  )
}
