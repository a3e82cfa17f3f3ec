import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'
import type { FunctionSpec, InvokeResult } from './types'

/** An extension that registers and prints every event; `body` runs with `api`, `id`, `next` and `http` at hand. */
const extension = (body: string, events = ['INVOKE', 'SHUTDOWN']) => `#!${process.execPath}
const http = require('node:http')
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':')
let id
const api = (method, path, body, headers = {}) => new Promise((resolve, reject) => {
  http.request({ host, port, method, path, headers: { 'Lambda-Extension-Identifier': id ?? '', ...headers } }, (r) => {
    let text = ''
    r.on('data', (c) => (text += c)).on('end', () => resolve({ status: r.statusCode, headers: r.headers, body: JSON.parse(text) }))
  }).on('error', reject).end(body && JSON.stringify(body))
})
const next = async () => (await api('GET', '/2020-01-01/extension/event/next')).body
;(async () => {
  const registered = await api('POST', '/2020-01-01/extension/register', { events: ${JSON.stringify(events)} }, { 'Lambda-Extension-Name': require('node:path').basename(process.argv[1]) })
  id = registered.headers['lambda-extension-identifier']
  ${body}
})()
`
const watching = extension(`
  console.log('ext registered ' + JSON.stringify(registered.body) + ' task root ' + process.env.LAMBDA_TASK_ROOT)
  for (;;) {
    const event = await next()
    console.log('ext ' + event.eventType + ' ' + (event.requestId ?? event.shutdownReason))
    if (event.eventType === 'SHUTDOWN') process.exit(0)
  }`)

describe.each(['auto', 'none'] as const)('extensions (isolation %s)', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation })))
  afterAll(() => bench.close())
  const handler = { 'index.mjs': 'export const handler = async (e) => { if (e.fail) process.exit(1); if (e.ms) await new Promise((r) => setTimeout(r, e.ms)); return e }' }
  const logged = (name: string) => [...bench.logs].filter(([stream]) => stream.includes(name)).flatMap(([, events]) => events.map((e) => e.message)).join('')
  const everything = () => [...bench.logs.values()].flat().map((e) => e.message).join('')
  const withExtension = (text: string, changes: Partial<FunctionSpec> = {}, name = 'watcher') => bench.deploy(handler, { layersDir: bench.write({ [`extensions/${name}`]: text }), ...changes })

  it('start before the function, see every invocation, and are told of the end', async () => {
    const spec = withExtension(watching)
    const first = await bench.invoke(spec, { a: 1 }, { requestId: 'request-1' })
    expect(first.json).toEqual({ a: 1 })
    expect(first.log).toMatch(/EXTENSION\tName: watcher\tState: Ready\tEvents: \[INVOKE, SHUTDOWN\]\nSTART RequestId: request-1/)
    expect(first.log).toContain(`ext registered {"functionName":"${spec.functionName}","functionVersion":"$LATEST","handler":"index.handler"} task root undefined`)
    const second = await bench.invoke(spec, {}, { requestId: 'request-2' })
    expect(second.report.cold).toBe(false)
    await bench.engine.retire(spec.functionArn)
    const log = logged(first.report.environmentId)
    expect(log).toContain('ext INVOKE request-1')
    expect(log).toContain('ext INVOKE request-2')
    expect(log).toContain('ext SHUTDOWN spindown')
  })

  it('are told of time-outs and crashes', async () => {
    const slow = await bench.invoke(withExtension(watching, { timeout: 1 }), { ms: 5000 })
    expect(slow.json).toMatchObject({ errorType: 'Sandbox.Timedout' })
    const crash = await bench.invoke(withExtension(watching), { fail: true })
    expect(crash.json).toMatchObject({ errorType: 'Runtime.ExitError' })
    expect(crash.json.errorMessage).toContain('exit status 1')
    await expect.poll(() => logged(slow.report.environmentId)).toContain('ext SHUTDOWN timeout')
    await expect.poll(() => logged(crash.report.environmentId)).toContain('ext SHUTDOWN failure')
  })

  it('hold an invocation until they ask for the next', async () => {
    const spec = withExtension(extension("await next(); await new Promise((r) => setTimeout(r, 300)); console.log('ext late'); await next()", ['INVOKE']))
    const { log, report } = await bench.invoke(spec)
    expect(log).toContain('ext late')
    expect(report.durationMs).toBeGreaterThan(300)
  })

  it('do not hold the answer', async () => {
    const spec = withExtension(extension("await next(); await new Promise((r) => setTimeout(r, 400)); console.log('ext afterwards'); await next()", ['INVOKE']))
    let whole!: Promise<unknown>
    const answer = await new Promise<InvokeResult>((resolve) => {
      whole = bench.engine.invoke(spec, { requestId: 'request-1', payload: Buffer.from('{"a":1}'), invokedArn: spec.functionArn, answer: resolve })
    })
    const answered = performance.now()
    expect(JSON.parse(answer.payload.toString())).toEqual({ a: 1 })
    await whole
    expect(performance.now() - answered).toBeGreaterThan(200)
    await expect.poll(everything).toContain('ext afterwards')
  })

  it('that ignore the end are killed two seconds later', async () => {
    const spec = withExtension(extension("await next(); await next(); console.log('ext stays'); setInterval(() => {}, 1000)"))
    await bench.invoke(spec)
    const started = Date.now()
    await bench.engine.retire(spec.functionArn)
    expect(Date.now() - started).toBeGreaterThan(1500)
    expect(Date.now() - started).toBeLessThan(4000)
    expect(everything()).toContain('ext stays')
  })

  it('that fail make the invocation fail', async () => {
    const { json, log } = await bench.invoke(withExtension(extension("await next(); process.exit(3)")), {})
    expect(json.errorType).toBe('Extension.Crash')
    expect(log).toContain('watcher: exit code 3')
  })

  it('that do not fit are refused', async () => {
    const { log } = await bench.invoke(withExtension(extension(`
      const again = await api('POST', '/2020-01-01/extension/register', { events: [] }, { 'Lambda-Extension-Name': 'watcher' })
      const internal = await api('POST', '/2020-01-01/extension/register', { events: ['SHUTDOWN'] }, { 'Lambda-Extension-Name': 'inner' })
      const odd = await api('POST', '/2020-01-01/extension/register', { events: ['ODD'] }, { 'Lambda-Extension-Name': 'odd' })
      const stranger = await api('GET', '/2020-01-01/extension/event/next', undefined, { 'Lambda-Extension-Identifier': 'x' })
      console.log([again, internal, odd, stranger].map((r) => r.status + ' ' + r.body.errorType).join())
      await next()`)))
    expect(log).toContain('403 Extension.AlreadyRegistered,400 ShutdownEventNotSupportedForInternalExtension,400 Extension.InvalidEventType,403 Extension.UnknownExtensionIdentifier')
  })

  it('may live inside the runtime', async () => {
    const code = `const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension/'
const registered = await fetch(base + 'register', { method: 'POST', headers: { 'Lambda-Extension-Name': 'inner' }, body: JSON.stringify({ events: ['INVOKE'] }) })
const id = registered.headers.get('lambda-extension-identifier')
const seen = []
;(async () => { for (;;) seen.push((await (await fetch(base + 'event/next', { headers: { 'Lambda-Extension-Identifier': id } })).json()).requestId) })()
export const handler = async () => { await new Promise((r) => setTimeout(r, 50)); return seen }`
    const spec = bench.deploy({ 'index.mjs': code })
    const first = await bench.invoke(spec, {}, { requestId: 'inner-1' })
    expect(first.json).toEqual(['inner-1'])
    expect(first.log).toContain('EXTENSION\tName: inner\tState: Ready\tEvents: [INVOKE]')
    expect((await bench.invoke(spec, {}, { requestId: 'inner-2' })).json).toEqual(['inner-1', 'inner-2'])
  })

  it('get telemetry of the platform and the function', async () => {
    const listening = extension(`
      const seen = []
      await new Promise((r) => http.createServer((q, s) => { let t = ''; q.on('data', (c) => (t += c)).on('end', () => { seen.push(...JSON.parse(t)); s.end() }) }).listen(4243, '${isolation === 'auto' ? 'sandbox.local' : '127.0.0.1'}', r))
      const subscribed = await api('PUT', '/2022-07-01/telemetry', { schemaVersion: '2022-12-13', types: ['platform', 'function'], buffering: { timeoutMs: 25 }, destination: { protocol: 'HTTP', URI: 'http://sandbox.local:4243' } })
      const wrong = await api('PUT', '/2022-07-01/telemetry', { types: ['platform'], destination: { protocol: 'HTTP', URI: 'http://10.0.0.1:4243' } })
      for (;;) {
        const event = await next()
        if (event.eventType === 'SHUTDOWN') break
        while (!seen.some((r) => r.type === 'platform.runtimeDone')) await new Promise((r) => setTimeout(r, 20))
      }
      await new Promise((r) => setTimeout(r, 100))
      console.log('seen ' + JSON.stringify([subscribed.status, wrong.status, seen]))
      process.exit(0)`)
    const spec = bench.deploy({ 'index.mjs': "export const handler = async () => { console.log('from the function') }" }, { layersDir: bench.write({ 'extensions/listener': listening }) })
    const { report } = await bench.invoke(spec, {}, { requestId: 'request-t' })
    await bench.engine.retire(spec.functionArn)
    const [, text] = /seen (.*)\n/.exec(logged(report.environmentId))!
    const [subscribed, wrong, seen] = JSON.parse(text!)
    expect([subscribed, wrong]).toEqual([200, 400])
    const types = seen.map((r: { type: string }) => r.type)
    expect(types).toEqual(['platform.initStart', 'platform.initRuntimeDone', 'platform.extension', 'platform.initReport', 'platform.start', 'function', 'platform.runtimeDone', 'platform.report'])
    expect(seen[4].record).toEqual({ requestId: 'request-t', version: '$LATEST' })
    expect(seen[5].record).toContain('from the function')
    expect(seen[6].record).toMatchObject({ requestId: 'request-t', status: 'success' })
    expect(seen[7].record.metrics.memorySizeMB).toBe(128)
  })
})

describe.each(['auto', 'none'] as const)('runtimes of the function\'s own (isolation %s)', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation })))
  afterAll(() => bench.close())
  const provided = (files: Record<string, string>, changes: Partial<FunctionSpec> = {}) => bench.deploy(files, { runtime: 'provided.al2023', handler: 'whatever', ...changes })
  const bootstrap = `#!${process.execPath}
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/'
;(async () => {
  for (;;) {
    const event = await fetch(api + 'next')
    const id = event.headers.get('lambda-runtime-aws-request-id')
    console.log('handling ' + id)
    const body = await event.json()
    if (body.exit) process.exit(body.exit)
    if (body.fail) await fetch(api + id + '/error', { method: 'POST', headers: { 'Lambda-Runtime-Function-Error-Type': 'Own.Error' }, body: '{"errorType":"Own.Error","errorMessage":"own"}' })
    else await fetch(api + id + '/response', { method: 'POST', body: JSON.stringify({ body, handler: process.env._HANDLER, root: process.env.LAMBDA_TASK_ROOT, env: process.env.AWS_EXECUTION_ENV ?? null }) })
  }
})()
`

  it('run from a program named bootstrap', async () => {
    const spec = provided({ bootstrap }, { memorySize: 256 })
    const first = await bench.invoke(spec, { a: 1 }, { requestId: 'request-p' })
    expect(first.json).toEqual({ body: { a: 1 }, handler: 'whatever', root: isolation === 'auto' ? '/var/task' : spec.codeDir, env: null })
    expect(first.log).toContain('INIT_START Runtime Version: provided:al2023\t')
    expect(first.log).toContain('handling request-p\n')
    const failed = await bench.invoke(spec, { fail: true })
    expect(failed).toMatchObject({ functionError: 'Unhandled', json: { errorType: 'Own.Error', errorMessage: 'own' }, report: { cold: false } })
    const exited = await bench.invoke(spec, { exit: 7 })
    expect(exited.json.errorType).toBe('Runtime.ExitError')
    expect(exited.json.errorMessage).toContain('exit status 7')
    expect((await bench.invoke(spec)).report.cold).toBe(true)
  })

  it('may lie in a layer', async () => {
    expect((await bench.invoke(provided({ 'x.txt': '' }, { layersDir: bench.write({ bootstrap }), runtime: 'provided.al2' }), 1)).json.body).toBe(1)
  })

  it('fail in Lambda\'s words where there is no program to run', async () => {
    const missing = await bench.invoke(provided({ 'x.txt': '' }))
    expect(missing.json).toMatchObject({ errorType: 'Runtime.InvalidEntrypoint', errorMessage: expect.stringContaining("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]") })
    const closed = await bench.invoke(provided({ bootstrap: 'not a program' }))
    expect(closed.json).toMatchObject({ errorType: 'Runtime.InvalidEntrypoint', errorMessage: expect.stringContaining('permission denied') })
  })

  it('are bound by the memory of the function, without what supervises them', async () => {
    const spec = provided({ bootstrap: `#!/bin/sh\nexec ${process.execPath} -e 'const a = []; setInterval(() => a.push(Buffer.alloc(20000000, 1)), 10)'\n` }, { memorySize: 128, timeout: 10 })
    const { json } = await bench.invoke(spec)
    expect(json.errorType).toBe('Runtime.OutOfMemory')
    expect(existsSync(spec.codeDir)).toBe(true)
  })
})

describe.each(['auto', 'none'] as const)('wrapper scripts (isolation %s)', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation })))
  afterAll(() => bench.close())
  const wrapper = (option: string) => bench.write({ wrapper: `#!/bin/bash\nexport WRAPPED=yes\nargs=("$@")\nexec "\${args[@]:0:$#-1}" ${option} "\${args[@]: -1}"\n` })
  const environment = { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' }

  it('start the runtime with options and variables of their own', async () => {
    const node = bench.deploy({ 'index.mjs': "export const handler = async () => [process.env.WRAPPED, process.execArgv.includes('--no-warnings'), Object.keys(process.env).filter((n) => n.startsWith('_WORKLAB'))]" }, { layersDir: wrapper('--no-warnings'), environment })
    expect((await bench.invoke(node)).json).toEqual(['yes', true, []])
    expect((await bench.invoke(node)).report.cold).toBe(false)
    if (!(await bench.engine.runtimes())['python3.11']!.available) return
    const python = bench.deploy({ 'app.py': 'import os, sys\ndef handler(e, c): return [os.environ["WRAPPED"], sys.flags.optimize]' }, { runtime: 'python3.11', handler: 'app.handler', layersDir: wrapper('-O'), environment })
    expect((await bench.invoke(python)).json).toEqual(['yes', 1])
  })
})
