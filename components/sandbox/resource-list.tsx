import { getFormatter, getTranslations } from 'next-intl/server'
import type { Resource } from '@/lib/cloud'

/** Everything that an account holds, by service. */
export async function ResourceList({ resources }: { resources: readonly Resource[] }) {
  const [t, format] = await Promise.all([getTranslations('sandbox.resources'), getFormatter()])
  if (resources.length === 0) return <p className="mt-2">{t('none')}</p>
  return (
    <div className="mt-3 overflow-x-auto" tabIndex={0} role="group" aria-label={t('title')}>
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-line text-sm text-muted">
            {(['type', 'name', 'made'] as const).map((column) => (
              <th key={column} scope="col" className="py-2 pr-5 font-normal">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map(({ service, type, name, arn, createdAt }) => (
            <tr key={arn || `${service} ${type} ${name}`} className="border-b border-line align-top">
              <td className="py-2 pr-5 whitespace-nowrap">{t.has(`types.${type}`) ? t(`types.${type}`) : `${service} ${type}`}</td>
              <td className="py-2 pr-5">
                <span className="font-semibold break-all">{name}</span>
                <span className="block font-mono text-sm break-all text-muted">{arn}</span>
              </td>
              <td className="py-2 whitespace-nowrap text-muted">{format.dateTime(new Date(createdAt), { dateStyle: 'short', timeStyle: 'short' })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
