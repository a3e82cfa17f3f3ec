/**
 * `npm run bench`: Worklab's speed beside a floor measured in the same run. Prints a table; decides nothing.
 * Needs a production build (`npm run build`, or any `npm start` before) for the figures of the web page.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { AttachRolePolicyCommand, CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { zipSync, strToU8 } from 'fflate'
import { freePort } from './ports.mjs'

const COLD_RUNS = 12
const WARM_RUNS = 500
const CONTROL_RUNS = 300

interface Row {
  what: string
  measured: string
  floor: string
  ratio: string
  aim: string
}

const START_LINE = /^Worklab: (http\S+)/
const rows: Row[] = []
const root = join(import.meta.dirname, '..')

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'worklab-bench-'))
  try {
    const token = randomBytes(24).toString('hex')
    const sandboxArgs = ['--import', 'tsx', 'sandbox/main.ts', '--port', '0', '--data', join(data, 'sandbox-alone')]
    await withProgram(sandboxArgs, { SANDBOX_ADMIN_TOKEN: token }, /"url":"([^"]+)"/, async (endpoint) => {
      await benchSandbox(endpoint, token)
    })
    const env = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()), WORKLAB_DATA: join(data, 'app') }
    // The first start makes the database; the second is what a learner meets every morning.
    await withProgram(['scripts/start.mjs'], env, START_LINE, async () => undefined)
    const startedAt = performance.now()
    await withProgram(['scripts/start.mjs'], env, START_LINE, async (web, pid) => {
      note('second npm start to its URL', `${((performance.now() - startedAt) / 1000).toFixed(1)} s`, '< 5 s')
      await benchPage(web)
      for (const [name, megabytes] of memoryOfParts(pid)) note(`memory of ${name}`, `${megabytes.toFixed(0)} MB`, '')
    })
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
  print()
}

/** Runs a Node program, hands over what its ready line names, and ends it. */
async function withProgram(args: string[], env: Record<string, string>, ready: RegExp, use: (url: string, pid: number) => Promise<void>): Promise<void> {
  const program = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => program.once('exit', resolve))
  const lines = createInterface({ input: program.stdout })
  const url = await Promise.race([
    new Promise<string>((resolve) => lines.on('line', (line) => ready.test(line) && resolve(ready.exec(line)![1]!))),
    ended.then(() => Promise.reject(new Error(`node ${args.join(' ')} ended before it was ready.`))),
  ])
  try {
    await use(url, program.pid!)
  } finally {
    program.kill('SIGTERM')
    await ended
  }
}

async function benchSandbox(endpoint: string, token: string): Promise<void> {
  const admin = async (method: string, path: string) => {
    const response = await fetch(`${endpoint}/_worklab/${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    return (await response.json()) as Record<string, string>
  }
  const { accountId } = await admin('POST', 'accounts')
  const { accessKeyId, secretAccessKey } = await admin('GET', `accounts/${accountId}/keys`)
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! } }
  const iam = new IAMClient(config)
  const lambda = new LambdaClient(config)

  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'bench', AssumeRolePolicyDocument: JSON.stringify(trust) }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'bench', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }))
  const zip = zipSync({ 'index.mjs': strToU8('export const handler = async () => ({ ok: true })') })
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'bench', Role: Role!.Arn, Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile: zip } }))

  const bare: number[] = []
  const cold: number[] = []
  for (let run = 0; run < COLD_RUNS; run++) {
    bare.push(await timed(() => processStart()))
    // A changed configuration retires the environment, so the next invoke starts a new one.
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'bench', Description: `run ${run}` }))
    cold.push(await timed(() => lambda.send(new InvokeCommand({ FunctionName: 'bench' }))))
  }
  compare('cold invoke, p50, through the SDK', median(cold), 'bare node start', median(bare), '≤ 1.5x')

  const echo = await echoServer()
  const floor: number[] = []
  const warm: number[] = []
  for (let run = 0; run < WARM_RUNS; run++) {
    warm.push(await timed(() => lambda.send(new InvokeCommand({ FunctionName: 'bench' }))))
    floor.push(await timed(() => fetch(echo.url).then((response) => response.text())))
  }
  compare('warm invoke, p50', median(warm), 'bare HTTP echo', median(floor), '< 3 ms')
  compare('warm invoke, p99', quantile(warm, 0.99), 'bare HTTP echo p99', quantile(floor, 0.99), '')
  const control: [string, () => Promise<unknown>][] = [
    ['ListFunctions, p50', () => lambda.send(new ListFunctionsCommand({}))],
    ['GetRole, p50', () => iam.send(new GetRoleCommand({ RoleName: 'bench' }))],
  ]
  for (const [what, call] of control) {
    const times: number[] = []
    for (let run = 0; run < CONTROL_RUNS; run++) times.push(await timed(call))
    compare(what, median(times), 'bare HTTP echo', median(floor), '< 3 ms')
  }
  echo.close()
}

async function benchPage(web: string): Promise<void> {
  const times: number[] = []
  let html = ''
  for (let run = 0; run < 30; run++) {
    times.push(
      await timed(
        () =>
          new Promise<void>((resolve, reject) => {
            get(`${web}/weeks/9`, (response) => {
              response.once('data', () => resolve())
              let text = ''
              response.on('data', (chunk) => (text += chunk))
              response.on('end', () => (html = text))
            }).on('error', reject)
          }),
      ),
    )
  }
  note('worklog page, time to first byte, p50', `${median(times).toFixed(1)} ms`, '')
  note('worklog page, HTML on the wire (gzip)', kilobytes(gzipSync(html).length), '')

  const scripts = [...new Set([...html.matchAll(/<script[^>]+src="([^"]+\.js)[^"]*"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map(([, src]) => src!))]
  const page = await gzipped(web, scripts)
  const empty = await gzipped(web, emptyPageScripts())
  rows.push({
    what: 'worklog page, JavaScript (gzip)',
    measured: kilobytes(page),
    floor: `${kilobytes(empty)} empty page`,
    ratio: `+${kilobytes(page - empty)}`,
    aim: '≤ +40 kB',
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
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
}

/** Resident memory of the start script's children and theirs, named after what each part runs. Linux only. */
function memoryOfParts(parent: number): [string, number][] {
  if (!existsSync('/proc/self/stat')) return []
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const ppid = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1])
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const kilobytesPss = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
      return [{ pid: Number(pid), ppid, command, megabytes: kilobytesPss / 1024 }]
    } catch {
      return []
    }
  })
  const inside = new Set([parent])
  for (let size = 0; size !== inside.size; ) {
    size = inside.size
    for (const process of processes) if (inside.has(process.ppid)) inside.add(process.pid)
  }
  const parts = new Map<string, number>()
  for (const { pid, command, megabytes } of processes) {
    if (!inside.has(pid)) continue
    const part = /postgres/.test(command) ? 'PostgreSQL' : /sandbox\/main/.test(command) ? 'the sandbox' : /next/.test(command) ? 'the web app' : /bwrap|bootstrap/.test(command) ? 'handlers' : 'npm start itself'
    parts.set(part, (parts.get(part) ?? 0) + megabytes)
  }
  return [...parts].sort(([a], [b]) => a.localeCompare(b))
}

function processStart(): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', () => resolve()).once('error', reject)
  })
}

async function echoServer(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => request.pipe(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
}

const median = (values: number[]) => quantile(values, 0.5)
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

function note(what: string, measured: string, aim: string): void {
  rows.push({ what, measured, floor: '', ratio: '', aim })
}

function compare(what: string, measured: number, floorName: string, floor: number, aim: string): void {
  rows.push({ what, measured: `${measured.toFixed(2)} ms`, floor: `${floor.toFixed(2)} ms ${floorName}`, ratio: `${(measured / floor).toFixed(2)}x`, aim })
}

function print(): void {
  const columns: (keyof Row)[] = ['what', 'measured', 'floor', 'ratio', 'aim']
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => row[column].length)))
  const line = (cells: string[]) => cells.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd()
  console.log(line(columns))
  console.log(line(widths.map((width) => '-'.repeat(width))))
  for (const row of rows) console.log(line(columns.map((column) => row[column])))
}

await main()
