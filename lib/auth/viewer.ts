import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { decode } from 'next-auth/jwt'
import { cache } from 'react'
import { db } from '@/lib/db'
import { settings } from '@/lib/settings'
import { ActionError } from './action-error'
import { sessionCookie, sessionSeconds } from './options'

/** Who is looking at the page. */
export interface Viewer {
  id: string
  name: string
  role: 'LEARNER' | 'MENTOR'
  locale: 'vi' | 'en'
  /** IANA name, such as Asia/Ho_Chi_Minh. */
  timeZone: string
  /** The learner of this machine, who has no password. */
  isLocal: boolean
  sandboxAccountId: string | null
}

/** Who is signed in, or nobody. Asked once a request, however often it is called. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  const token = (await cookies()).get(sessionCookie)?.value
  if (!token || !settings.nextauthSecret) return null
  const session = await decode({ token, secret: settings.nextauthSecret }).catch(() => null)
  if (!session?.sub || typeof session.signedInAt !== 'number') return null
  if (session.signedInAt + sessionSeconds * 1000 < Date.now()) return null
  const user = await db.user.findUnique({
    where: { id: session.sub },
    select: { id: true, name: true, role: true, locale: true, timeZone: true, isLocal: true, sandboxAccountId: true, sessionsFrom: true },
  })
  if (!user || user.sessionsFrom.getTime() > session.signedInAt) return null
  const { sessionsFrom: _, ...viewer } = user
  return { ...viewer, locale: viewer.locale === 'en' ? 'en' : 'vi' }
})

/** For pages: who is signed in; anybody else is sent to sign in and comes back to this page. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await getViewer()
  if (viewer) return viewer
  const path = (await headers()).get('x-worklab-path')
  redirect(path && path !== '/' ? `/signin?next=${encodeURIComponent(path)}` : '/signin')
}

/** For pages of one role: to others the page does not exist. */
export async function requireRole(role: Viewer['role']): Promise<Viewer> {
  const viewer = await requireViewer()
  if (viewer.role !== role) notFound()
  return viewer
}

/**
 * For server actions: who is signed in.
 *
 * @param role where only this role may act
 * @throws ActionError `session` when nobody is signed in any more, `forbidden` for another role
 */
export async function viewerForAction(role?: Viewer['role']): Promise<Viewer> {
  const viewer = await getViewer()
  if (!viewer) throw new ActionError('session')
  if (role && viewer.role !== role) throw new ActionError('forbidden')
  return viewer
}
