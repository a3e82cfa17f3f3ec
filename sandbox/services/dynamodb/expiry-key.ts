import type { Item } from './dynalite'
import type { Table } from './records'

const DIGITS = 15

/** Where in the order of expiries an item stands; undefined where it does not expire. */
export function expiryKey({ ttl }: Table, key: string, item: Item | undefined): string | undefined {
  const value = ttl === undefined ? undefined : item?.[ttl]?.N
  const seconds = value === undefined ? NaN : Math.floor(Number(value))
  return seconds >= 0 && seconds < 10 ** DIGITS ? inOrder(seconds) + key : undefined
}

/** Epoch seconds as text that sorts by time. */
export function inOrder(seconds: number): string {
  return String(seconds).padStart(DIGITS, '0')
}
