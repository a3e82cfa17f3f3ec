import { KINDS, type InventoryService, type Resource, type ResourceKind } from './index'

/** What a learner looks for, as it stands in the address of the page. */
export interface Wanted {
  /** Part of a name or ARN. */
  q: string
  /** A service or a kind; empty for all. */
  show: string
}

/** Reads what is looked for from the parameters of an address; a service or kind that there is none of counts as all. */
export function wantedFrom({ q, show }: { q?: string | string[] | undefined; show?: string | string[] | undefined }): Wanted {
  const known = typeof show === 'string' && (Object.hasOwn(KINDS, show) || Object.values(KINDS).flat().includes(show as never))
  return { q: typeof q === 'string' ? q.trim() : '', show: known ? (show as InventoryService | ResourceKind) : '' }
}

/** Whether a resource is what is looked for. */
export function isWanted({ q, show }: Wanted, { service, kind, name, arn }: Resource): boolean {
  const part = q.toLowerCase()
  return (show === '' || show === service || show === kind) && (part === '' || name.toLowerCase().includes(part) || arn.toLowerCase().includes(part))
}
