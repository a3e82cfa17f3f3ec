import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks again until there is an answer: AWS delivers logs and spreads roles with a delay.
 *
 * @param ask gives undefined while there is nothing yet
 * @returns undefined where the time ran out
 */
export async function eventually<T>(ask: () => Promise<T | undefined>, { forMs, everyMs = 250, signal }: { forMs: number; everyMs?: number; signal?: AbortSignal }): Promise<T | undefined> {
  const until = Date.now() + forMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined || Date.now() >= until) return answer
    await sleep(everyMs, undefined, signal ? { signal } : {})
  }
}
