import { redirect } from 'next/navigation'
import { currentWeek } from '@/lib/worklog/weeks'

/** The learner's current week. */
export default function Home() {
  redirect(`/weeks/${currentWeek}`)
}
