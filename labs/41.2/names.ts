import { labFiles } from '@/lib/lab/files'

export const CATALOGUE = 'bookshop-catalogue'
export const ROLE = 'bookshop-catalogue-role'
export const BASKET = 'bookshop-basket'
export const BASKET_ROLE = 'bookshop-basket-role'

export const starter = labFiles('41.2', 'starter')
export const solution = labFiles('41.2', 'solution')

/** How long `catalogue.mjs` takes to load at the very least, in ms, less what a timer may be early. */
export const LOAD_MS = 790

/** The price that `catalogue.mjs` gives book `b-<n>`. */
export function priceOf(n: number): number {
  return 10_000 + ((n * 7919) % 490) * 1000
}
