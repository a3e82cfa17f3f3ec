/**
 * `npm run bench [-- sandbox|page|peers]`: Worklab's speed and memory beside a floor measured in the same run, and beside moto and
 * MiniStack. `sandbox` leaves the peers out, `page` measures the web application alone, `peers` the sandbox with them.
 * Prints a table; decides nothing. docs/bench.md says how to read it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ministack, moto, worklab, type Contender, type Running } from './bench/contenders'
import { benchApiToTable } from './bench/api-to-table'
import { benchControlPlane } from './bench/control-plane'
import { benchData } from './bench/data'
import { benchDeliveries } from './bench/deliveries'
import { benchExplorer } from './bench/explorer'
import { benchGateway } from './bench/gateway'
import { benchInvocations } from './bench/invocations'
import { benchMemoryAtRest, benchMemoryOfEnvironments } from './bench/memory'
import { benchMixedLoad } from './bench/mixed-load'
import { benchPage } from './bench/page'
import { installPeers, PEERS } from './bench/peers'
import { benchStart } from './bench/start'
import { print, type Row } from './bench/table'

const SUBJECTS = ['all', 'sandbox', 'page', 'peers']

async function main(subject: string): Promise<void> {
  if (!SUBJECTS.includes(subject)) throw new Error(`npm run bench -- [sandbox|page|peers], not ${subject}.`)
  const peers = subject === 'all' || subject === 'peers' ? await installPeers() : undefined
  const startedAt = performance.now()
  const loadBefore = load()
  const folder = mkdtempSync(join(tmpdir(), 'worklab-bench-'))
  try {
    const rows = subject === 'page' ? [] : await benchSandbox(folder, peers)
    if (subject === 'all' || subject === 'page') rows.push(...(await benchPage(folder)), ...(await benchExplorer(folder)))
    print(rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const [cpu] = cpus()
  console.log(`\n${new Date().toISOString().slice(0, 16)}Z, Node ${process.versions.node}, ${cpus().length} cores (${cpu?.model.trim()}), ${Math.round((performance.now() - startedAt) / 1000)} s`)
  console.log(`load of 1, 5 and 15 minutes: ${loadBefore} before, ${load()} after`)
  if (peers) console.log('bin' in peers ? `peers: ${PEERS.join(', ')}` : `peers ${peers.skipped}`)
}

async function benchSandbox(folder: string, peers: Awaited<ReturnType<typeof installPeers>> | undefined): Promise<Row[]> {
  const peersHere = peers && 'bin' in peers ? [moto(peers.bin), ministack(peers.bin, folder)] : []
  const contenders: Contender[] = [worklab(folder), ...peersHere]
  const rows = await benchStart(contenders)
  const running: Running[] = []
  try {
    for (const contender of contenders) running.push(await contender.start())
    rows.push(...(await benchMemoryAtRest(running)))
    rows.push(...(await benchControlPlane(running)))
    rows.push(...(await benchData(running)))
    rows.push(...(await benchGateway(running)))
    rows.push(...(await benchApiToTable(running)))
    rows.push(...(await benchDeliveries(running)))
    running.push(await worklab(folder, 'none').start())
    rows.push(...(await benchInvocations(running)))
    rows.push(...(await benchMemoryOfEnvironments(running)))
    rows.push(...(await benchMixedLoad(running)))
  } finally {
    await Promise.all(running.map((cloud) => cloud.end()))
  }
  if (!peers || 'bin' in peers) return rows
  return rows.map((row) => ({ ...row, moto: peers.skipped, ministack: peers.skipped }))
}

/** The machine's load of the last 1, 5 and 15 minutes. */
function load(): string {
  return loadavg().map((value) => value.toFixed(1)).join(' ')
}

await main(process.argv[2] ?? 'all')
