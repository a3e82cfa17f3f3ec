import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { freePort } from '../ports.mjs'
import { median } from './measure'
import { memoryOf, root, startNode } from './programs'
import type { Row } from './table'

const RUNS = 30
const START_LINE = /^Worklab: (http\S+)/

/** The web application: its start, its worklog page, its memory. Needs a production build (`npm run build`, or any `npm start` before). */
export async function benchPage(folder: string): Promise<Row[]> {
  const env = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()), WORKLAB_DATA: join(folder, 'app') }
  // The first start makes the database; the second is what a learner meets every morning.
  await (await startNode(['scripts/start.mjs'], env, START_LINE)).end()
  const before = performance.now()
  const program = await startNode(['scripts/start.mjs'], env, START_LINE)
  try {
    const start: Row = { what: 'second npm start to its URL', unit: 'ms', worklab: performance.now() - before, aim: '< 5000 ms' }
    return [start, ...(await worklogPage(program.url)), ...memoryRows(program.pid)]
  } finally {
    await program.end()
  }
}

async function worklogPage(web: string): Promise<Row[]> {
  const firstBytes: number[] = []
  let html = ''
  for (let run = 0; run < RUNS; run++) {
    const page = await load(`${web}/weeks/9`)
    firstBytes.push(page.firstByte)
    html = page.html
  }
  const scripts = [...new Set([...html.matchAll(/<script[^>]+src="([^"]+\.js)[^"]*"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map(([, src]) => src!))]
  const all = await gzipped(web, scripts)
  const empty = await gzipped(web, emptyPageScripts())
  return [
    { what: 'worklog page, time to first byte, p50', unit: 'ms', worklab: median(firstBytes) },
    { what: 'worklog page, HTML on the wire (gzip)', unit: 'kB', worklab: gzipSync(html).length / 1000 },
    { what: 'worklog page, JavaScript (gzip)', unit: 'kB', worklab: all, floor: [empty, 'empty page'], aim: '≤ +40 kB' },
  ]
}

/** Loads a page; when its first byte came, in ms, and the whole. */
function load(url: string): Promise<{ firstByte: number; html: string }> {
  const before = performance.now()
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let firstByte = 0
      let html = ''
      response.on('data', (chunk) => {
        firstByte ||= performance.now() - before
        html += chunk
      })
      response.on('end', () => resolve({ firstByte, html }))
    }).on('error', reject)
  })
}

/** What every page of this build loads before anything of its own. */
function emptyPageScripts(): string[] {
  const manifest = join(root, '.next', 'build-manifest.json')
  const { rootMainFiles } = JSON.parse(readFileSync(manifest, 'utf8')) as { rootMainFiles: string[] }
  return rootMainFiles.map((file) => `/_next/${file}`)
}

async function gzipped(web: string, paths: string[]): Promise<number> {
  const bodies = await Promise.all(paths.map(async (path) => Buffer.from(await (await fetch(web + path)).arrayBuffer())))
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000
}

function memoryRows(pid: number): Row[] {
  const parts = new Map<string, number>()
  for (const { command, megabytes } of memoryOf(pid)) {
    const part = /postgres/.test(command) ? 'PostgreSQL' : /sandbox\/program/.test(command) ? 'the sandbox' : /next/.test(command) ? 'the web app' : /bwrap|bootstrap/.test(command) ? 'handlers' : 'npm start itself'
    parts.set(part, (parts.get(part) ?? 0) + megabytes)
  }
  return [...parts].sort(([a], [b]) => a.localeCompare(b)).map(([part, megabytes]) => ({ what: `memory of ${part}`, unit: 'MB', worklab: megabytes }))
}
