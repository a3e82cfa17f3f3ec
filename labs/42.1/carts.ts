import { createHash } from 'node:crypto'

export interface Item {
  id: string
  price: number
  quantity: number
}

/** Carts that nobody could have prepared for: made of a run's nonce. Every cart has a quantity above 1. */
export function hiddenCarts(nonce: string): Item[][] {
  return [1, 2, 3, 4].map((size, cart) => {
    const bytes = createHash('sha256').update(`${nonce} ${cart}`).digest()
    return Array.from({ length: size }, (_, n) => ({
      id: `b-${bytes.readUInt16BE(n * 4)}`,
      price: (1 + bytes[n * 4 + 2]!) * 1000,
      quantity: n === 0 ? 2 + (bytes[3]! % 7) : 1 + (bytes[n * 4 + 3]! % 5),
    }))
  })
}

export function totalOf(items: readonly Item[]): number {
  return items.reduce((total, { price, quantity }) => total + price * quantity, 0)
}

/** The event for a cart: its body is JSON text, as API Gateway hands it on. */
export function orderEvent(items: unknown): { body: string } {
  return { body: JSON.stringify({ items }) }
}
