import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { db } from '@/lib/db'
import { settings } from '@/lib/settings'
import { isLocalRequest } from './local-request'
import { verifyPassword } from './password'
import { countFailure, forgetFailures, mayTryPassword } from './rate-limit'

/** A session ends this many seconds after signing in. */
export const sessionSeconds = 7 * 24 * 60 * 60

/** Cookies do not know ports: with the port in its name, two Worklabs on one machine keep their sessions apart. */
export const sessionCookie = `worklab-session-${settings.port}`

/** The one learner whom a visitor on this machine becomes without a password. */
const localLearnerId = 'local'

/** How next-auth signs people in. What a provider throws reaches the sign-in form as the code of `auth.errors.<code>`. */
export const authOptions: NextAuthOptions = {
  secret: settings.nextauthSecret,
  session: { strategy: 'jwt', maxAge: sessionSeconds },
  pages: { signIn: '/signin', error: '/signin' },
  cookies: {
    sessionToken: {
      name: sessionCookie,
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: settings.publicUrl.startsWith('https:') },
    },
  },
  providers: [
    Credentials({
      id: 'local',
      credentials: { locale: {} },
      async authorize(credentials, request) {
        if (!settings.loopbackOnly || !isLocalRequest((name) => request.headers?.[name])) throw new Error('notLocal')
        const locale = credentials?.locale === 'en' ? 'en' : 'vi'
        return db.user.upsert({
          where: { id: localLearnerId },
          create: { id: localLearnerId, name: locale === 'en' ? 'Local learner' : 'Học viên', isLocal: true, locale },
          update: {},
          select: { id: true },
        })
      },
    }),
    Credentials({
      id: 'password',
      credentials: { email: {}, password: {} },
      async authorize(credentials) {
        const email = String(credentials?.email ?? '').trim().toLowerCase()
        if (!mayTryPassword(email)) throw new Error('tooMany')
        const user = await db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } })
        if (!(await verifyPassword(user?.passwordHash, String(credentials?.password ?? '').slice(0, 1000)))) {
          countFailure(email)
          throw new Error('wrongPassword')
        }
        forgetFailures(email)
        return user && { id: user.id }
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      // Only the id travels: name and role are read from the database, so that a change counts at once.
      return user ? { sub: user.id, signedInAt: Date.now() } : token
    },
  },
}
