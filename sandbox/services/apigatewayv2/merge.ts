/** The record with what an update names; an empty text takes a member away. */
export function updated<T extends object>(record: T, changes: object): T {
  return withoutEmpty({ ...record, ...changes }) as T
}

/** A map with what an update names; an empty text takes an entry away. */
export function mergedMap(map: Record<string, string> | undefined, changes: Record<string, string> | undefined): Record<string, string> {
  return withoutEmpty({ ...map, ...changes }) as Record<string, string>
}

function withoutEmpty(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '' && value !== undefined))
}
