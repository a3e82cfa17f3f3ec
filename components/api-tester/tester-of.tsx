import { getTranslations } from 'next-intl/server'
import { AwsErrorView } from '@/components/lab/aws-error-view'
import { awsResult, learnersAccount } from '@/components/resource/run-call'
import { apiViews } from './apis'
import { ApiTester } from './api-tester'
import { keptRequests } from './kept-requests'

/** The API tester for all APIs of the learner, or for the one of this id. */
export async function TesterOf({ apiId }: { apiId?: string }) {
  const t = await getTranslations('api-tester')
  const context = await learnersAccount()
  const [apis, kept] = await Promise.all([awsResult(context, async () => ({ all: await apiViews(context.clients, apiId) })), keptRequests(context.viewer.id, apiId)])
  return (
    <section aria-labelledby="tester-title" className="mt-8">
      {apiId === undefined ? (
        <h2 id="tester-title" className="text-xl">
          {t('title')}
        </h2>
      ) : (
        <h3 id="tester-title" className="text-xl">
          {t('title')}
        </h3>
      )}
      <p className="mt-1 max-w-prose text-sm text-muted">{t('text')}</p>
      <div className="mt-4">{apis.ok ? <ApiTester apis={apis.all} kept={kept} endpoint={context.cloud.endpoint} region={context.cloud.region} /> : <AwsErrorView error={apis.error} />}</div>
    </section>
  )
}
