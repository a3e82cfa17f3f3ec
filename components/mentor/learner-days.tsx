import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { StateMark } from '@/components/ui/state-mark'
import { dayOf } from '@/lib/i18n/dates'
import type { Progress } from '@/lib/progress/compute-progress'
import { plainText } from '@/lib/worklog/inline'
import type { Task } from '@/lib/worklog/task-table'

/** A learner's days: what each was about, how far it is and since when. */
export async function LearnerDays({ tasks, progress }: { tasks: readonly Task[]; progress: Progress }) {
  const [t, state, locale, timeZone] = await Promise.all([getTranslations('mentor.learner'), getTranslations('common.state'), getLocale(), getTimeZone()])
  return (
    <ol>
      {tasks.map((task) => {
        const day = progress.days[task.day]!
        const facts = [
          day.verifiedAt && t('verifiedOn', { date: dayOf(day.verifiedAt, locale, timeZone) }),
          day.declaredAt && t('declaredOn', { date: dayOf(day.declaredAt, locale, timeZone) }),
          day.steps ? t('steps', { passed: day.passed, steps: day.steps }) : t('noLabs'),
        ]
        return (
          <li key={task.day} className="grid gap-x-6 border-b border-line py-3 sm:grid-cols-[3rem_minmax(0,1fr)_minmax(0,1fr)]">
            <span className="text-xl font-semibold tabular-nums">{task.day}</span>
            <span>{plainText(task.task)}</span>
            <span>
              <StateMark state={day.state} label={state(day.state)} />
              <span className="block text-sm text-muted">{facts.filter(Boolean).join(' · ')}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
