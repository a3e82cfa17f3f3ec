import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const mjs = (body: string, before = '') => ({ 'index.mjs': `${before}\nexport const handler = ${body}` })
/** Process ids whose command line contains the mark. */
const processesWith = (mark: string) => execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(mark) && !line.includes('ps -eo'))

describe.each(['auto', 'none'] as const)('execution environments (isolation %s)', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation, idleMs: 60_000 })))
  afterAll(() => bench.close())

  it('initialises once and reuses the environment', async () => {
    const spec = bench.deploy(mjs('async () => ++count', 'let count = 0'))
    const first = await bench.invoke(spec)
    const second = await bench.invoke(spec)
    expect([first.json, second.json]).toEqual([1, 2])
    expect([first.report.cold, second.report.cold]).toEqual([true, false])
    expect(first.report.initMs).toBeGreaterThan(5)
    expect(second.report.initMs).toBeUndefined()
    expect(second.log).not.toContain('Init Duration')
    expect(second.log).toMatch(/^START/)
    expect(second.report.environmentId).toBe(first.report.environmentId)
    expect(second.report.billedMs).toBe(Math.ceil(second.report.durationMs))
  })

  it('uses the environment used last first', async () => {
    const spec = bench.deploy(mjs('async (e) => { await new Promise((r) => setTimeout(r, e.ms)) }'))
    const [, later] = await Promise.all([bench.invoke(spec, { ms: 100 }), bench.invoke(spec, { ms: 400 })])
    expect((await bench.invoke(spec, { ms: 1 })).report.environmentId).toBe(later.report.environmentId)
  })

  it('stands still between invocations', async () => {
    const spec = bench.deploy(mjs('async () => ticks', 'let ticks = 0\nsetInterval(() => { ticks++ }, 10)'))
    const before = (await bench.invoke(spec)).json
    await sleep(300)
    expect((await bench.invoke(spec)).json - before).toBeLessThan(10)
  })

  it('retires environments when code or configuration changed', async () => {
    const spec = bench.deploy(mjs('async () => process.env.V', ''), { environment: { V: '1' } })
    const old = await bench.invoke(spec)
    const changed = await bench.invoke({ ...spec, revision: 'new', environment: { V: '2' } })
    expect([old.json, changed.json]).toEqual(['1', '2'])
    expect(changed.report.cold).toBe(true)
  })

  it('lets a running invocation finish when its function is retired', async () => {
    const spec = bench.deploy(mjs('async () => { await new Promise((r) => setTimeout(r, 300)); return 1 }'))
    const running = bench.invoke(spec)
    await sleep(150)
    await bench.engine.retire(spec.functionArn)
    expect((await running).json).toBe(1)
    expect((await bench.invoke(spec)).report.cold).toBe(true)
  })

  it('keeps /tmp for the next invocation and begins with an empty one', async () => {
    const spec = bench.deploy(mjs("async () => { const d = tmpdir(); const before = readdirSync(d); writeFileSync(d + '/x', '1'); return before }", "import { readdirSync, writeFileSync } from 'node:fs'\nimport { tmpdir } from 'node:os'"))
    expect((await bench.invoke(spec)).json).toEqual([])
    expect((await bench.invoke(spec)).json).toEqual(['x'])
    await bench.engine.retire(spec.functionArn)
    expect((await bench.invoke(spec)).json).toEqual([])
  })

  it('ends an invocation that takes too long', async () => {
    const spec = bench.deploy(mjs('async () => { for (;;) ; }'), { timeout: 1 })
    const { json, functionError, log, report } = await bench.invoke(spec, {}, { requestId: 'rid' })
    expect(functionError).toBe('Unhandled')
    expect(json).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: rid Error: Task timed out after 1.00 seconds' })
    expect(log).toMatch(/\n\d{4}-\d\d-\d\dT[\d:.]+Z rid Task timed out after 1\.00 seconds\n/)
    expect(log).toContain('Status: timeout')
    expect(report.durationMs).toBeGreaterThanOrEqual(990)
    expect((await bench.invoke(spec)).report.cold).toBe(true)
  })

  it('ends a function that takes more memory than it has', async () => {
    const hungry = mjs("async () => { const all = []; for (let i = 0; i < 400; i++) { all.push(Buffer.alloc(1 << 20, 1)); await new Promise((r) => setTimeout(r, 1)) } return all.length }")
    const { json, report, log } = await bench.invoke(bench.deploy(hungry, { timeout: 10 }), {}, { requestId: 'rid' })
    expect(json).toEqual({ errorType: 'Runtime.OutOfMemory', errorMessage: 'RequestId: rid Error: Runtime exited with error: signal: killed' })
    expect(report.maxMemoryMb).toBe(128)
    expect(log).toContain('Max Memory Used: 128 MB')
    expect((await bench.invoke(bench.deploy(hungry, { timeout: 10, memorySize: 512 }))).json).toBe(400)
  })

  it('counts the memory of child processes', async () => {
    const child = "const all = []; for (let i = 0; i < 300; i++) all.push(Buffer.alloc(1 << 20, 1)); setTimeout(() => {}, 5000)"
    const spec = bench.deploy(mjs(`() => new Promise((done) => { spawn(process.execPath, ['-e', ${JSON.stringify(child)}]).on('exit', () => done('outlived')) })`, "import { spawn } from 'node:child_process'"), { timeout: 5 })
    expect((await bench.invoke(spec)).json.errorType).toBe('Runtime.OutOfMemory')
  })

  it.runIf(isolation === 'auto')('gives initialisation ten seconds, then the time of the invocation', async () => {
    const spec = bench.deploy(mjs('async () => 1', 'await new Promise((r) => setTimeout(r, 30_000))'), { timeout: 1 })
    const { json, log } = await bench.invoke(spec)
    expect(json.errorType).toBe('Sandbox.Timedout')
    expect(log).toMatch(/INIT_REPORT Init Duration: (9999|10\d\d\d)\.\d\d ms\tPhase: init\tStatus: timeout\n/)
  }, 20_000)

  it('limits what runs at once in an account and region', async () => {
    const spec = bench.deploy(mjs('async () => { await new Promise((r) => setTimeout(r, 500)) }'), { account: '222233334444' })
    const running = Array.from({ length: 10 }, () => bench.invoke(spec))
    await expect(bench.invoke(spec)).rejects.toMatchObject({ name: 'TooManyRequests', reason: 'ConcurrentInvocationLimitExceeded' })
    await expect(bench.invoke({ ...spec, region: 'eu-west-1' })).resolves.toBeDefined()
    await Promise.all(running)
    await expect(bench.invoke(spec)).resolves.toBeDefined()
  }, 20_000)

  it('keeps to the reserved concurrency of a function', async () => {
    const spec = bench.deploy(mjs('async () => { await new Promise((r) => setTimeout(r, 200)) }'), { account: '333344445555', reservedConcurrency: 1 })
    const running = bench.invoke(spec)
    await expect(bench.invoke(spec)).rejects.toMatchObject({ reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' })
    await running
    await expect(bench.invoke({ ...spec, reservedConcurrency: 0 })).rejects.toMatchObject({ reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' })
  })

  it('fails with what the role fails with', async () => {
    const other = await testBench({ isolation, credentials: async () => { throw new Error('role cannot be assumed') } })
    await expect(other.invoke(other.deploy(mjs('async () => 1')))).rejects.toThrow('role cannot be assumed')
    await other.close()
  })

  it('goes on when its log cannot be written', async () => {
    const other = await testBench({ isolation, log: async () => { throw new Error('AccessDenied') } })
    expect((await other.invoke(other.deploy(mjs('async () => { console.log(1); return 1 }')))).json).toBe(1)
    await other.close()
  })

  it('ends environments that are idle for long or too many', async () => {
    const other = await testBench({ isolation, idleMs: 300, maxIdle: 1 })
    const [a, b] = [other.deploy(mjs('async () => 1')), other.deploy(mjs('async () => 1'))]
    await other.invoke(a)
    await other.invoke(b)
    expect((await other.invoke(b)).report.cold).toBe(false)
    expect((await other.invoke(a)).report.cold).toBe(true)
    await sleep(600)
    expect((await other.invoke(a)).report.cold).toBe(true)
    await other.close()
  })

  it('leaves no process behind when closed, and delivers all of the log', async () => {
    const other = await testBench({ isolation })
    const mark = `closing-${isolation}-${process.pid}`
    const spec = other.deploy(mjs("async (e) => { console.log('here'); spawn('sleep', ['987'], { argv0: process.env.MARK, detached: true }); if (e.wait) await new Promise(() => setTimeout(() => {}, 60000)) }", "import { spawn } from 'node:child_process'"), { environment: { MARK: mark } })
    await other.invoke(spec)
    const busy = other.invoke(spec, { wait: true })
    await sleep(300)
    expect(processesWith(mark).length).toBeGreaterThan(0)
    await other.close()
    expect((await busy).json.errorType).toBe('Runtime.ExitError')
    await expect.poll(() => processesWith(mark)).toEqual([])
    expect([...other.logs.values()].flat().map((e) => e.message).join('')).toContain('here')
  })

  it('leaves no process behind when the sandbox is killed', async () => {
    const mark = `killed-${isolation}-${process.pid}`
    const host = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('testing-host.mts', import.meta.url)), isolation], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, MARK: mark } })
    await once(host.stdout, 'data')
    expect(processesWith(mark).length).toBeGreaterThan(0)
    host.kill('SIGKILL')
    await once(host, 'exit')
    await expect.poll(() => processesWith(mark), { timeout: 5000 }).toEqual([])
  }, 20_000)

  it('says which interpreter stands in for a runtime', async () => {
    const runtimes = await bench.engine.runtimes()
    for (const [runtime, { note }] of Object.entries(runtimes).filter(([name]) => name.startsWith('nodejs'))) {
      const { log } = await bench.invoke(bench.deploy(mjs('async () => 1'), { runtime }))
      expect(log.split('\t')[0]).toBe(`INIT_START Runtime Version: ${runtime.replace('js', 'js:')}${note ? ` (${note})` : ''}`)
    }
    await expect(bench.invoke(bench.deploy(mjs('async () => 1'), { runtime: 'cobol1.x' }))).rejects.toMatchObject({ name: 'RuntimeUnavailable' })
  })
})
