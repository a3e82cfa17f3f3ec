// The shop's catalogue. Leave this file as it is: what you change is when index.mjs calls it.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

const BOOKS = 5000
let loads = 0

// Loading takes 800 ms, as connecting to a database and reading from it would.
export async function loadCatalogue() {
  await wait(800)
  loads += 1
  const prices = new Map()
  for (let n = 1; n <= BOOKS; n += 1) prices.set(`b-${n}`, 10_000 + ((n * 7919) % 490) * 1000)
  // `loads` counts the loads in this environment; `loadId` names this one load.
  return { prices, loads, loadId: randomUUID() }
}
