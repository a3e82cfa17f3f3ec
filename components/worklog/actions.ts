'use server'

import { getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { ActionError, viewerForAction } from '@/lib/auth'
import { db } from '@/lib/db'
import { weekDays, weeks } from '@/lib/worklog/weeks'

/** What the form shows after an attempt that was refused. */
export interface TickResult {
  /** In the reader's language. */
  error?: string
}

const tick = z.object({
  day: z.coerce.number().refine((day) => weeks.some((week) => weekDays(week).includes(day))),
  done: z.enum(['yes', 'no']),
})

/**
 * Ticks a day by hand for the one who is signed in, or takes the tick back. Ticking twice keeps the first date.
 * Fields: `day`, a course day of the worklog; `done`, `yes` or `no`.
 */
export async function tickDay(_before: TickResult, form: FormData): Promise<TickResult> {
  try {
    const viewer = await viewerForAction()
    const input = tick.safeParse({ day: form.get('day'), done: form.get('done') })
    if (!input.success) return { error: (await getTranslations('worklog.tick'))('badDay') }
    const owned = { userId: viewer.id, day: input.data.day }
    if (input.data.done === 'yes') await db.declaration.upsert({ where: { userId_day: owned }, create: owned, update: {} })
    else await db.declaration.deleteMany({ where: owned })
  } catch (error) {
    if (error instanceof ActionError) return { error: (await getTranslations('auth.errors'))(error.code) }
    throw error
  }
  revalidatePath('/', 'layout')
  return {}
}
