import { createServer, type Server } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'

const probe = await testBench()
const contained = (await probe.engine.isolation()) === 'bwrap'
const hasPython = (await probe.engine.runtimes())['python3.11']!.available
await probe.close()

describe('the way to the sandbox, with or without containment', () => {
  it.each(['auto', 'none'] as const)('lets the AWS SDK reach the endpoint with the credentials of the role (isolation %s)', async (isolation) => {
    const seen: string[] = []
    const endpoint = createServer((request, response) => {
      seen.push(`${request.headers.authorization}`, `${request.headers.host}`)
      response.setHeader('Content-Type', 'text/xml')
      response.end('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>')
    })
    const port = await listen(endpoint)
    const bench = await testBench({ isolation, endpoint: () => `http://127.0.0.1:${port}` })
    const spec = bench.deploy({ 'index.mjs': "import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'\nconst sts = new STSClient({})\nexport const handler = async () => (await sts.send(new GetCallerIdentityCommand({}))).Account" }, { memorySize: 512 })
    expect((await bench.invoke(spec)).json).toBe('111122223333')
    expect((await bench.invoke(spec)).json).toBe('111122223333')
    expect(seen[0]).toContain('Credential=ASIATEST/')
    expect(seen[1]).toBe(`127.0.0.1:${port}`)
    if (hasPython) {
      const python = bench.deploy({ 'app.py': 'import os, urllib.request\ndef handler(e, c): return [urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"]).status for _ in range(3)]' }, { runtime: 'python3.11', handler: 'app.handler' })
      expect((await bench.invoke(python)).json).toEqual([200, 200, 200])
      expect((await bench.invoke(python)).json).toEqual([200, 200, 200])
    }
    await bench.close()
    endpoint.close()
  })
})

describe.skipIf(!contained)('hostile code under bubblewrap (skipped where bubblewrap is missing)', () => {
  let bench: TestBench
  let endpoint: Server
  beforeAll(async () => {
    endpoint = createServer((_, response) => response.end('endpoint'))
    const port = await listen(endpoint)
    bench = await testBench({ endpoint: () => `http://127.0.0.1:${port}` })
  })
  afterAll(async () => {
    await bench.close()
    endpoint.close()
  })

  /** Runs the body of an async function with node:fs as fs, node:child_process as cp, node:net as net and the event. */
  const run = async (body: string, event: unknown = {}, changes = {}) => {
    const code = `import * as fs from 'node:fs'\nimport * as cp from 'node:child_process'\nimport * as net from 'node:net'\nconst attempt = (f) => { try { return f() } catch (e) { return e.code ?? e.message } }\nexport const handler = async (event) => { ${body} }`
    return bench.invoke(bench.deploy({ 'index.mjs': code }, changes), event)
  }

  it('does not see the files of the host', async () => {
    const secret = join(mkdtempSync(join(tmpdir(), 'engine-secret-')), 'secret')
    writeFileSync(secret, 'secret')
    const other = bench.deploy({ 'index.mjs': '' })
    const { json } = await run('return { etc: fs.readdirSync("/etc"), passwd: fs.readFileSync("/etc/passwd", "utf8"), root: fs.readdirSync("/"), rest: event.paths.map((p) => attempt(() => fs.readFileSync(p, "utf8"))), homes: attempt(() => fs.readdirSync("/home")) }', { paths: [secret, `${other.codeDir}/index.mjs`, import.meta.filename, '/root/.bashrc', '/etc/shadow'] })
    expect(json.etc.sort()).toEqual(['group', 'hosts', 'ld.so.cache', 'nsswitch.conf', 'passwd', 'resolv.conf'])
    expect(json.passwd).not.toContain('root')
    expect(json.root).not.toContain('work')
    expect(json.homes).toBe('ENOENT')
    for (const read of json.rest) expect(['ENOENT', 'EACCES', '']).toContain(read)
  })

  it('writes nowhere but to /tmp, and there no more than its size', async () => {
    const { json } = await run('return [...["/var/task/x", "/var/runtime/x", "/x", "/etc/x", "/usr/x", "/dev/x", "/dev/shm/x", "/run/x", "/run/lambda/x", "/opt/x", "/node_modules/x", "/proc/sys/kernel/core_pattern"].map((p) => attempt(() => fs.writeFileSync(p, "x"))), attempt(() => fs.writeFileSync("/tmp/x", "x")), attempt(() => fs.writeFileSync("/tmp/big", Buffer.alloc(40 << 20)))]', {}, { ephemeralStorage: 32, memorySize: 512 })
    for (const code of json.slice(0, 12)) expect(['EROFS', 'EACCES', 'EPERM', 'ENOENT']).toContain(code)
    expect(json[12]).toBe(null)
    expect(json[13]).toBe('ENOSPC')
  })

  it('reaches the endpoint and no other port or address', async () => {
    const stranger = createTcp((socket) => socket.end('hello'))
    const port = await listen(stranger)
    const endpointPort = (endpoint.address() as { port: number }).port
    const { json } = await run('const probe = (host, port) => new Promise((done) => net.connect({ host, port, timeout: 1000 }).on("connect", function () { this.destroy(); done("connected") }).on("error", (e) => done(e.code)).on("timeout", function () { this.destroy(); done("timeout") })); return Promise.all([probe("127.0.0.1", event.endpointPort), probe("127.0.0.1", event.port), probe("10.0.0.1", 80), probe("169.254.169.254", 80)])', { port, endpointPort })
    stranger.close()
    expect(json[0]).toBe('connected')
    expect(json[1]).toBe('ECONNREFUSED')
    expect(json.slice(2)).toEqual(['ENETUNREACH', 'ENETUNREACH'])
  })

  it('sees no process but its own and has no privileges', async () => {
    const { json } = await run('const status = fs.readFileSync("/proc/self/status", "utf8"); const field = (n) => new RegExp(`${n}:\\\\s*(.*)`).exec(status)[1]; return { pids: fs.readdirSync("/proc").filter((n) => /^\\d+$/.test(n)).length, uid: process.getuid(), caps: [field("CapEff"), field("CapPrm"), field("CapInh"), field("CapAmb")], nnp: field("NoNewPrivs"), groups: process.getgroups(), host: attempt(() => process.kill(event.pid, 0)), descriptors: fs.readdirSync("/proc/self/fd").map((fd) => attempt(() => fs.readlinkSync("/proc/self/fd/" + fd))) }', { pid: process.pid })
    expect(json.pids).toBeLessThanOrEqual(3)
    expect(json.uid).not.toBe(0)
    expect(json.groups).not.toContain(0)
    expect(new Set(json.caps)).toEqual(new Set(['0000000000000000']))
    expect(json.nnp).toBe('1')
    expect(json.host).toBe('ESRCH')
    // No way through an open directory or device of the host.
    expect(json.descriptors.filter((target: string) => target.startsWith('/') && target !== '/dev/null')).toEqual([])
  })

  it('cannot make namespaces or mount', async () => {
    const { json } = await run('return ["unshare -U true", "unshare -r true", "unshare -m true", "mount -t tmpfs x /tmp", "chroot / true"].map((c) => cp.spawnSync("/bin/sh", ["-c", c]).status)')
    for (const status of json) expect(status).not.toBe(0)
  })

  it('does not inherit files the sandbox has open', async () => {
    // LevelDB opens its files without close-on-exec.
    const directory = mkdtempSync(join(tmpdir(), 'engine-open-'))
    const database = new ClassicLevel(directory)
    await database.open()
    const node = await run('return fs.readdirSync("/proc/self/fd").map((fd) => attempt(() => fs.readlinkSync("/proc/self/fd/" + fd)))')
    expect(node.json.filter((target: string) => target.includes(directory))).toEqual([])
    const reaper = await run('return attempt(() => fs.readdirSync("/proc/1/fd").map((fd) => attempt(() => fs.readlinkSync("/proc/1/fd/" + fd))).join())')
    expect(reaper.json).not.toContain(directory)
    expect(node.json.filter((target: string) => target.startsWith('/') && target !== '/dev/null')).toEqual([])
    if (hasPython) {
      const python = await bench.invoke(bench.deploy({ 'app.py': 'import os\ndef handler(e, c): return [os.readlink("/proc/self/fd/" + f) for f in os.listdir("/proc/self/fd") if os.path.lexists("/proc/self/fd/" + f)]' }, { runtime: 'python3.11', handler: 'app.handler' }))
      expect(python.json.filter((target: string) => target.includes(directory))).toEqual([])
    }
    await database.close()
  })

  it('does not let variables of the function reach the programs that contain it', async () => {
    // With this variable the loader prints the user id of each program it starts.
    const { log, json } = await run('return 1', {}, { environment: { LD_SHOW_AUXV: '1' } })
    const uids = [...log.matchAll(/AT_UID: *(\d+)/g)].map((match) => Number(match[1]))
    expect(json).toBe(1)
    expect(uids.length).toBe(1)
    expect(uids[0]).not.toBe(process.getuid?.() === 0 ? 0 : -1)
  })

  it('survives a fork bomb and ends with it', async () => {
    const bomb = await run('cp.spawn("/bin/sh", ["-c", "b() { b | b & b; }; b"]); await new Promise((r) => setTimeout(r, 1500)); return 1', {}, { timeout: 2 })
    expect(bomb.functionError ?? 'ok').toMatch(/ok|Unhandled/)
    expect((await run('return 1')).json).toBe(1)
  })

  it('opens no more than 1024 files and leaves no core', async () => {
    const { json } = await run('const limits = fs.readFileSync("/proc/self/limits", "utf8"); let open = 0; try { for (;;) { fs.openSync("/dev/null"); open++ } } catch (e) { return [e.code, open, /core file size\\s+(\\d+)/i.exec(limits)[1]] }')
    expect(json[0]).toBe('EMFILE')
    expect(json[1]).toBeLessThan(1024)
    expect(json[2]).toBe('0')
  })

  it('cannot confuse the log or the Runtime API', async () => {
    const { json, log, report } = await run('fs.writeSync(3, Buffer.from([255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 1, 65])); const post = (path) => fetch(`http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/${path}`, { method: "POST", body: "1" }).then((r) => r.status); return [await post("invocation/other/response"), await post("nothing")]')
    expect(json).toEqual([400, 404])
    expect(log).toContain('REPORT')
    expect(report.durationMs).toBeLessThan(2900)
  })

  it.skipIf(!hasPython)('holds for Python too', async () => {
    const code = 'import os, socket\ndef handler(e, c):\n  r = []\n  for p in ["/root", "/home", "/work", "/etc/shadow"]:\n    try: r.append(os.listdir(p))\n    except OSError as x: r.append(type(x).__name__)\n  s = socket.socket()\n  r.append(s.connect_ex(("127.0.0.1", 22)) != 0)\n  return [os.getuid() != 0, r]'
    const { json } = await bench.invoke(bench.deploy({ 'app.py': code }, { runtime: 'python3.11', handler: 'app.handler' }))
    expect(json[0]).toBe(true)
    expect(json[1].slice(1)).toEqual(['FileNotFoundError', 'FileNotFoundError', 'FileNotFoundError', true])
  })
})

async function listen(server: { listen(port: number, host: string): unknown; address(): unknown } & NodeJS.EventEmitter): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as { port: number }).port
}
