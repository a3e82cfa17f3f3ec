import { getTranslations } from 'next-intl/server'
import { TesterOf } from '@/components/api-tester/tester-of'
import { apiUrl, findDeployedApi } from '@/lib/cloud/deployed-api'
import { Facts } from './facts'
import { CliText, Section } from './kit'
import { viewOf } from './view-of'

/** A REST or HTTP API: its addresses, and the tester for it. */
export const apiView = viewOf(async ({ parts, clients, cloud }) => {
  const apiId = parts.name.split('/')[0]!
  const [t, api] = await Promise.all([getTranslations('api-tester'), findDeployedApi(clients, apiId)])
  if (!api) return <p className="mt-6">{t('gone')}</p>
  return (
    <>
      <Section title={t('addresses')}>
        <Facts facts={[[t('name'), api.name], [t('kind'), t(`kinds.${api.kind}`)]]} />
        {api.stages.length === 0 && <p>{t('noStages')}</p>}
        {api.stages.map((stage) => (
          <div key={stage}>
            <p className="text-sm text-muted">{stage}</p>
            <CliText text={apiUrl(cloud.endpoint, apiId, stage, '/')} />
          </div>
        ))}
      </Section>
      <TesterOf apiId={apiId} />
    </>
  )
})
