import { cookies } from 'next/headers'
import { encode } from 'next-auth/jwt'
import { settings } from '@/lib/settings'
import { authOptions, sessionCookie, sessionSeconds } from './options'

/** Gives this browser a session made now: after a new password, all older ones are refused. In server actions only. */
export async function renewSession(userId: string): Promise<void> {
  const token = await encode({ token: { sub: userId, signedInAt: Date.now() }, secret: settings.nextauthSecret ?? '', maxAge: sessionSeconds })
  ;(await cookies()).set(sessionCookie, token, { ...authOptions.cookies?.sessionToken?.options, maxAge: sessionSeconds })
}

/** Signs this browser out. In server actions only. */
export async function endSession(): Promise<void> {
  ;(await cookies()).delete(sessionCookie)
}
