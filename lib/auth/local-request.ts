import { isLoopback } from '@/lib/settings'

/**
 * Whether a request surely comes from a browser on this machine: the name it asked for means this machine (so no other
 * site's name was pointed at it), and nobody passed it on for somebody else.
 *
 * @param header reads a header by its lower-case name
 */
export function isLocalRequest(header: (name: string) => string | null | undefined): boolean {
  const asked = [header('host'), header('x-forwarded-host')].filter((value) => value != null)
  const from = (header('x-forwarded-for') ?? '').split(',').map((value) => value.trim()).filter(Boolean)
  if (header('forwarded') || header('via')) return false
  return asked.length > 0 && asked.every((value) => isLoopback(withoutPort(value))) && from.every(isLoopback)
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}
