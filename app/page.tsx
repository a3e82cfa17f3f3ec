import { redirect } from 'next/navigation'
import { currentWeek } from '@/lib/worklog/current-week'

/** The learner's current week. */
export default function Home() {
  redirect(`/weeks/${currentWeek}`)
}
