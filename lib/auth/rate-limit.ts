const windowMs = 15 * 60_000
const allowed = 10

// The sign-in route and the server actions are separate bundles of one process; they must count together.
const kept = globalThis as { worklabFailures?: Map<string, number[]> }
const failures: Map<string, number[]> = (kept.worklabFailures ??= new Map())

/**
 * Whether another password may be tried for this e-mail address: ten wrong ones within a quarter of an hour are the
 * limit. Kept in memory, so a restart forgets it.
 *
 * @param now milliseconds since the epoch
 */
export function mayTryPassword(email: string, now = Date.now()): boolean {
  return recent(email, now).length < allowed
}

/** Counts a wrong password. */
export function countFailure(email: string, now = Date.now()): void {
  // Addresses are the caller's choice: forget the old ones before they pile up.
  if (failures.size > 10_000) for (const key of failures.keys()) if (recent(key, now).length === 0) failures.delete(key)
  failures.set(email, [...recent(email, now), now])
}

/** Forgets the wrong passwords after a right one. */
export function forgetFailures(email: string): void {
  failures.delete(email)
}

function recent(email: string, now: number): number[] {
  return (failures.get(email) ?? []).filter((at) => at > now - windowMs)
}
