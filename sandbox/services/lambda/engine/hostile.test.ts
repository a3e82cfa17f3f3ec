import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'
import type { FunctionSpec } from './types'

const probe = await testBench()
const contained = (await probe.engine.isolation()) === 'bwrap'
await probe.close()

const watchdogSeconds = 90
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const processesWith = (mark: string) => execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(mark) && !line.includes('ps -eo'))

/** Code that does harm runs inside the containment only, with small limits, watched from outside. */
describe.skipIf(!contained)('handlers that do harm, under bubblewrap (skipped where it is missing)', () => {
  let bench: TestBench
  let watchdog: ChildProcess
  beforeAll(async () => {
    // Whatever goes wrong, the tests' own process ends, and everything in bubblewrap with it.
    watchdog = spawn('/bin/sh', ['-c', `sleep ${watchdogSeconds}; kill -9 ${process.pid}`], { stdio: 'ignore', detached: true })
    bench = await testBench()
  })
  afterAll(async () => {
    await bench.close()
    process.kill(-watchdog.pid!, 'SIGKILL')
  })

  const imports = "import * as fs from 'node:fs'\nimport * as cp from 'node:child_process'\nimport * as net from 'node:net'\nconst attempt = (f) => { try { return f() } catch (e) { return e.code ?? e.message } }\n"
  const harmful = (body: string, changes: Partial<FunctionSpec> = {}) => bench.deploy({ 'index.mjs': `${imports}export const handler = async (event) => { ${body} }` }, { timeout: 2, ...changes })
  /** Another account's function answers while `harm` goes on. */
  const othersGoOn = async (harm: Promise<unknown>) => {
    const other = bench.deploy({ 'index.mjs': 'export const handler = async () => 1' }, { account: '444455556666', timeout: 10 })
    await bench.invoke(other)
    const times: number[] = []
    let over = false
    void harm.finally(() => (over = true)).catch(() => {})
    while (!over && times.length < 50) {
      const started = performance.now()
      expect((await bench.invoke(other)).json).toBe(1)
      times.push(performance.now() - started)
      await sleep(20)
    }
    await harm
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  }

  it('may not take more memory than they have, in one process or in many', async () => {
    const atOnce = bench.invoke(harmful('const all = []; for (;;) all.push(Buffer.alloc(1 << 26, 1))', { timeout: 5 }))
    expect((await atOnce).json.errorType).toMatch(/Runtime\.(OutOfMemory|ExitError)|RangeError|Error/)
    const child = 'const all = []; setInterval(() => all.length < 12 && all.push(Buffer.alloc(5e6, 1)), 5)'
    const many = bench.invoke(harmful(`for (let i = 0; i < 4; i++) cp.spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); await new Promise((r) => setTimeout(r, 4000))`, { timeout: 5 }))
    await othersGoOn(many)
    expect((await many).json.errorType).toBe('Runtime.OutOfMemory')
  })

  it('may spin without end: they are ended in time and others go on', async () => {
    const spinning = bench.invoke(harmful('for (;;) {}'))
    const median = await othersGoOn(spinning)
    expect((await spinning).json.errorType).toBe('Sandbox.Timedout')
    expect(median).toBeLessThan(500)
  })

  it('may write logs without end: a bounded part is kept and no memory grows', async () => {
    const before = process.memoryUsage().rss
    const flood = "const line = Buffer.from('x'.repeat(1023) + '\\n'); const chunk = Buffer.concat(Array(64).fill(line)); const frame = Buffer.alloc(12 + 65536, 65); frame.writeUInt32BE(65536, 0)\nconst write = (fd, b) => { try { fs.writeSync(fd, b) } catch (e) { if (e.code !== 'EAGAIN') throw e } }\nfor (let i = 0; i < 16384; i++) { write(1, chunk); if (event.frames) write(3, frame) }"
    for (const event of [{}, { frames: true }]) {
      const { report } = await bench.invoke(harmful(flood), event)
      await bench.invoke(harmful('return 1'))
      await sleep(100)
      const kept = [...bench.logs].filter(([stream]) => stream.includes(report.environmentId)).flatMap(([, events]) => events)
      const bytes = kept.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0)
      expect(bytes).toBeGreaterThan(900_000)
      expect(bytes).toBeLessThan(1_200_000)
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  })

  it('may fill /tmp, their own only', async () => {
    const { json } = await bench.invoke(harmful("let n = 0; try { for (;; n++) fs.writeFileSync('/tmp/' + n, Buffer.alloc(1 << 20)) } catch (e) { return [e.code, n] }", { ephemeralStorage: 24, memorySize: 256 }))
    expect(json).toEqual(['ENOSPC', 24])
    expect((await bench.invoke(harmful("fs.writeFileSync('/tmp/x', Buffer.alloc(8 << 20)); return fs.readdirSync('/tmp')", { ephemeralStorage: 24 }))).json).toEqual(['x'])
  })

  it.each(['process.kill(process.ppid, "SIGKILL")', 'process.kill(1, "SIGKILL")', 'process.kill(-1, "SIGKILL")', 'cp.spawnSync("/bin/sh", ["-c", "kill -9 0 -1"])'])('may kill what started them (%s): only they end', async (kill) => {
    const killed = await bench.invoke(harmful(`attempt(() => ${kill}); await new Promise((r) => setTimeout(r, 300)); return 'alive'`))
    // The first process of a namespace does not hear signals from inside it.
    if (killed.json !== 'alive') expect(killed.json.errorType).toBe('Runtime.ExitError')
    expect((await bench.invoke(harmful('return 1'))).json).toBe(1)
  })

  it('may leave daemons: these stand still with the environment and end with it', async () => {
    const mark = `daemon-${process.pid}`
    const daemon = `setsid sh -c 'while :; do echo x >> /tmp/count; sleep 0.01; done' ${mark} >/dev/null 2>&1 &`
    const spec = harmful(`if (event.start) { cp.spawnSync('/bin/sh', ['-c', ${JSON.stringify(daemon)}]); await new Promise((r) => setTimeout(r, 200)) } if (event.exit) process.exit(1); return fs.readFileSync('/tmp/count').length`)
    const before = (await bench.invoke(spec, { start: true })).json
    expect(before).toBeGreaterThan(0)
    await sleep(500)
    expect((await bench.invoke(spec)).json - before).toBeLessThan(30)
    expect(processesWith(mark).length).toBeGreaterThan(0)
    await bench.invoke(spec, { exit: true })
    await expect.poll(() => processesWith(mark)).toEqual([])
  })

  it('find nothing of another environment: neither its Runtime API, nor its files, nor its variables', async () => {
    const victim = bench.deploy({ 'index.mjs': "export const handler = async (e) => { await new Promise((r) => setTimeout(r, 1500)); return 'true' }", 'secret.txt': 'secret of the victim' }, { account: '777788889999', environment: { SECRET: 'victims-secret' } })
    const waiting = bench.invoke(victim, {}, { requestId: 'victims-request' })
    await sleep(400)
    const body = `
      const post = (path, to = { host: '127.0.0.1', port: 9001 }) => new Promise((done) => { const s = net.connect(to).on('connect', () => s.write('POST /2018-06-01/runtime/invocation/victims-request/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 8\\r\\n\\r\\n"forged"')).on('data', (d) => { s.destroy(); done(String(d).split('\\r')[0]) }).on('error', (e) => done(e.code)) })
      const environs = fs.readdirSync('/proc').filter((n) => /^\\d+$/.test(n)).map((n) => attempt(() => fs.readFileSync('/proc/' + n + '/environ', 'utf8'))).join()
      return { own: await post(), path: await post('', { path: event.socket }), stolen: environs.includes('victims-secret'), files: event.paths.map((p) => attempt(() => fs.readFileSync(p, 'utf8'))), temp: attempt(() => fs.readdirSync('/tmp')), seen: event.sockets.filter((path) => fs.readFileSync('/proc/net/unix', 'utf8').includes(path)) }`
    const sockets = execFileSync('find', ['/tmp', '-maxdepth', '4', '-name', 'runtime.sock', '-path', `*worklab-${process.pid}-*`], { encoding: 'utf8' }).trim().split('\n')
    expect(existsSync(sockets[0]!)).toBe(true)
    const { json } = await bench.invoke(harmful(body, { account: '444455556666' }), { socket: sockets[0], sockets, paths: [`${victim.codeDir}/secret.txt`, bench.dataDir, '/var/task/../secret.txt'] })
    expect(json.own).toContain('400')
    expect(json.path).toBe('ENOENT')
    expect(json).toMatchObject({ stolen: false, files: ['ENOENT', 'ENOENT', 'ENOENT'], temp: [], seen: [] })
    expect((await waiting).json).toBe('true')
  })

  it('may deceive what supervises them: only they fail', async () => {
    const layersDir = bench.write({ 'extensions/evil': '#!/bin/sh\nkill -9 $PPID\nkill -9 -1\n' })
    const killed = await bench.invoke(harmful('return 1', { layersDir, timeout: 3 }))
    expect(killed.functionError).toBe('Unhandled')
    const lie = "const r = await fetch(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/supervisor/exit`, { method: 'POST', body: '{\"code\":0}' }); await new Promise((r) => setTimeout(r, 500)); return r.status"
    expect((await bench.invoke(harmful(lie))).json.errorType).toBe('Runtime.ExitError')
    expect((await bench.invoke(harmful('return 1'))).json).toBe(1)
  })
})
