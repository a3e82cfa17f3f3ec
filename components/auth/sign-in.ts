import { signIn } from 'next-auth/react'

/** Why signing in failed: a key under `auth.errors`. */
export type SignInError = 'wrongPassword' | 'tooMany' | 'notLocal' | 'unreachable'

const known: readonly string[] = ['wrongPassword', 'tooMany', 'notLocal'] satisfies SignInError[]

/**
 * Signs in through one of next-auth's providers and goes on to `next`.
 *
 * @returns why it failed; nothing when the browser is already on its way
 */
export async function signInAndGo(provider: 'local' | 'password', values: Record<string, string>, next: string): Promise<SignInError | undefined> {
  const answer = await signIn(provider, { ...values, redirect: false }).catch(() => undefined)
  if (answer?.error) return known.includes(answer.error) ? (answer.error as SignInError) : 'unreachable'
  if (!answer?.ok) return 'unreachable'
  // The whole page anew: everything on it depends on who is looking.
  window.location.assign(next)
}
