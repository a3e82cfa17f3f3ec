import { join } from 'node:path'
import { createClients } from '@/lib/cloud/clients'
import { readInventory } from '@/lib/inventory'
import { layOut } from '@/lib/inventory/diagram'
import { makeShop, SHOP_SIZE } from '@/lib/inventory/testing'
import { freePort } from '../ports.mjs'
import { median, timed } from './measure'
import { startNode } from './programs'
import type { Row } from './table'

const RUNS = 10
const SHOPS = 13
const ACCOUNT = '111111111111'

/** What the explorer does for its page in an account of some 300 resources: reads all services and lays the diagram out. */
export async function benchExplorer(folder: string): Promise<Row[]> {
  const port = await freePort()
  const sandbox = await startNode(['sandbox/program/run.cjs', '--port', String(port), '--data', join(folder, 'explorer'), '--auth', 'open'], {}, /(http:\S+)/)
  try {
    const place = { accountId: ACCOUNT, region: 'us-east-1' }
    const clients = createClients({ endpoint: `http://127.0.0.1:${port}`, region: place.region, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'bench' }, appId: 'bench' })
    for (let shop = 0; shop < SHOPS; shop++) await makeShop(clients, place, `shop${shop}`)
    const inventory = await readInventory(clients, place)
    const reads: number[] = []
    const layouts: number[] = []
    for (let run = 0; run < RUNS; run++) {
      reads.push(await timed(() => readInventory(clients, place)))
      layouts.push(await timed(async () => layOut(inventory, undefined, Infinity)))
    }
    const size = `${SHOPS * SHOP_SIZE} resources`
    return [
      { what: `explorer: reading ${size}, p50`, unit: 'ms', worklab: median(reads) },
      { what: `explorer: laying out ${size} ungrouped, p50`, unit: 'ms', worklab: median(layouts) },
    ]
  } finally {
    await sandbox.end()
  }
}
