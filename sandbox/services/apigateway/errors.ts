import { BadRequestException, ConflictException, NotFoundException } from '@aws-sdk/client-api-gateway'

export const badRequest = (message: string) => new BadRequestException({ message, $metadata: {} })
export const notFound = (message: string) => new NotFoundException({ message, $metadata: {} })
export const conflict = (message: string) => new ConflictException({ message, $metadata: {} })

/** A record's entry under a name that a caller gave. @throws NotFoundException with that message where there is none */
export function required<T>(of: Record<string, T>, key: string | undefined, message: string): T {
  const found = own(of, key)
  if (found === undefined) throw notFound(message)
  return found
}

/** The same without an error: undefined where there is none. Names such as `constructor` find nothing. */
export function own<T>(of: Record<string, T> | undefined, key: string | undefined): T | undefined {
  return of !== undefined && key !== undefined && Object.hasOwn(of, key) ? of[key] : undefined
}

/** The record without that entry. */
export function without<T>(of: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => name !== key))
}
