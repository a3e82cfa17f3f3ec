import { getFormatter, getTranslations } from 'next-intl/server'
import { nextRun, parseSchedule } from '@/sandbox/schedule-expression'
import type { Cloud } from '@/lib/cloud'
import { Section } from '../kit'
import { MoveClock } from './move-clock'

/** How many runs are told ahead. */
const AHEAD = 5

/** When a schedule runs next, in the learner's time zone, and moving the account's clock there where the backend can. */
export async function NextRuns({ cloud, accountId, expression, zone = 'UTC', since, viewerZone, off, end }: { cloud: Cloud; accountId: string; expression: string; zone?: string; since?: Date | undefined; viewerZone: string; off: boolean; end?: Date | undefined }) {
  const [t, format] = await Promise.all([getTranslations('resource.schedule'), getFormatter()])
  const clock = cloud.capabilities.has('clock.move') ? await cloud.clock(accountId) : undefined
  const now = clock ? new Date(clock.now) : new Date()
  const runs = runsAfter(expression, now, zone, since).filter((at) => !end || at <= end.getTime())
  const shown = (at: number | Date, timeZone: string) => format.dateTime(new Date(at), { dateStyle: 'full', timeStyle: 'short', timeZone })
  return (
    <Section title={t('next', { zone: viewerZone })}>
      {off && <p className="text-warn">{t('off')}</p>}
      {runs.length === 0 ? (
        <p>{t(expression.startsWith('rate') ? 'rate' : 'never')}</p>
      ) : (
        <ol aria-label={t('next', { zone: viewerZone })} className="grid grid-cols-1 gap-1 tabular-nums">
          {runs.map((at) => (
            <li key={at}>
              {shown(at, viewerZone)}
              {zone !== viewerZone && <span className="block text-sm text-muted">{t('there', { time: shown(at, zone), zone })}</span>}
            </li>
          ))}
        </ol>
      )}
      <p className="text-sm text-muted">{t('clock', { time: shown(now, viewerZone), zone: viewerZone })}</p>
      {clock && clock.aheadBySeconds > 0 && <p className="text-sm text-warn">{t('ahead', { hours: format.number(clock.aheadBySeconds / 3600, { maximumFractionDigits: 1 }) })}</p>}
      {clock ? <MoveClock now={clock.now} next={runs[0]} /> : <p className="text-sm text-muted">{t('noClock')}</p>}
    </Section>
  )
}

/** The next runs; none where the expression cannot be read, or where nobody knows when a rate began. */
function runsAfter(expression: string, now: Date, timeZone: string, since: Date | undefined): number[] {
  if (expression.startsWith('rate') && !since) return []
  const runs: number[] = []
  try {
    const schedule = parseSchedule(expression, { at: true })
    for (let after = now.getTime(); runs.length < AHEAD; ) {
      const at = nextRun(schedule, after, { since: since?.getTime() ?? 0, timeZone })
      if (at === undefined) break
      runs.push(at)
      after = at
    }
  } catch {
    // Of a kind that this does not know: it is told as never.
  }
  return runs
}
