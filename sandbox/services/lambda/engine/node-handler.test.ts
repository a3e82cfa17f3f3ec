import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'

describe.each(['auto', 'none'] as const)('Node.js handlers (isolation %s)', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation })))
  afterAll(() => bench.close())

  const run = (files: Record<string, string>, event: unknown = {}, changes = {}) => bench.invoke(bench.deploy(files, changes), event)
  const mjs = (body: string) => ({ 'index.mjs': `export const handler = ${body}` })

  it.each([
    ['an ES module', { 'index.mjs': 'export const handler = async (e) => e.x + 1' }, 'index.handler'],
    ['a CommonJS file', { 'index.cjs': 'exports.handler = async (e) => e.x + 1' }, 'index.handler'],
    ['.js without a type as CommonJS', { 'index.js': 'exports.handler = async (e) => e.x + 1' }, 'index.handler'],
    ['.js of type module as an ES module', { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async (e) => e.x + 1' }, 'index.handler'],
    ['a file in a directory', { 'src/deep/app.mjs': 'export const handler = async (e) => e.x + 1' }, 'src/deep/app.handler'],
    ['a nested export', { 'index.js': 'exports.api = { v1: { get: async (e) => e.x + 1 } }' }, 'index.api.v1.get'],
    ['top-level await', { 'index.mjs': 'const one = await Promise.resolve(1)\nexport const handler = async (e) => e.x + one' }, 'index.handler'],
    ['a callback', { 'index.js': 'exports.handler = (e, c, callback) => { callback(null, e.x + 1) }' }, 'index.handler'],
    ['context.succeed', { 'index.js': 'exports.handler = (e, c) => { c.succeed(e.x + 1) }' }, 'index.handler'],
  ])('finds and runs %s', async (_, files, handler) => {
    const { json, functionError } = await run(files, { x: 41 }, { handler })
    expect({ json, functionError }).toEqual({ json: 42, functionError: undefined })
  })

  it('holds a callback answer until the event loop is empty, unless told not to', async () => {
    const files = (wait: boolean) => ({ 'index.js': `let done = false; exports.handler = (e, c, cb) => { c.callbackWaitsForEmptyEventLoop = ${wait}; setTimeout(() => { done = true }, 150); cb(null, 'x') }` })
    expect((await run(files(true))).report.durationMs).toBeGreaterThan(140)
    expect((await run(files(false))).report.durationMs).toBeLessThan(140)
  })

  it('answers null when nothing can settle the handler any more', async () => {
    expect((await run(mjs('() => new Promise(() => {})'))).json).toBe(null)
    expect((await run(mjs('() => {}'))).json).toBe(null)
  })

  it('collects the answer of a streaming handler', async () => {
    const { payload } = await run(mjs("awslambda.streamifyResponse(async (event, stream) => { stream.write('one '); stream.end('two') })"))
    expect(payload.toString()).toBe('one two')
  })

  it('refuses callback handlers on Node.js 24 as Lambda does', async () => {
    const { json, functionError } = await run({ 'index.js': 'exports.handler = (e, c, cb) => cb(null, 1)' }, {}, { runtime: 'nodejs24.x' })
    expect(functionError).toBe('Unhandled')
    expect(json.errorType).toBe('Runtime.CallbackHandlerDeprecated')
  })

  it('answers on Node.js 24 with what a plain function returns, and calls a promise never settled an error', async () => {
    expect((await run(mjs('(e) => e.x + 1'), { x: 1 }, { runtime: 'nodejs24.x' })).json).toBe(2)
    expect((await run(mjs('() => new Promise(() => {})'), {}, { runtime: 'nodejs24.x' })).json.errorType).toBe('Runtime.NodeJsExit')
    expect((await run(mjs("awslambda.streamifyResponse(async (event, stream, context) => { stream.end('streamed') })"), {}, { runtime: 'nodejs24.x' })).payload.toString()).toBe('streamed')
  })

  it('gives a complete context', async () => {
    const spec = bench.deploy(mjs('async (e, c) => ({ ...c, left: c.getRemainingTimeInMillis() })'), { memorySize: 256, timeout: 5 })
    const { json, report } = await bench.invoke(spec, {}, { requestId: 'id-1', invokedArn: `${spec.functionArn}:live`, clientContext: '{"custom":{"a":"ü"}}' })
    expect(json).toMatchObject({
      functionName: spec.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: `${spec.functionArn}:live`,
      memoryLimitInMB: '256',
      awsRequestId: 'id-1',
      logGroupName: spec.logGroup,
      clientContext: { custom: { a: 'ü' } },
      callbackWaitsForEmptyEventLoop: true,
    })
    expect(json.logStreamName).toMatch(new RegExp(String.raw`^\d{4}/\d\d/\d\d/\[\$LATEST\]${report.environmentId}$`))
    expect(json.left).toBeGreaterThan(4000)
    expect(json.left).toBeLessThanOrEqual(5000)
  })

  it('sets the variables of Lambda and the function, and none of the host', async () => {
    process.env['HOST_SECRET'] = 'leak'
    const { json } = await run(mjs('async () => process.env'), {}, { environment: { TABLE: 'orders', AWS_REGION: 'mars' } })
    delete process.env['HOST_SECRET']
    expect(json).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      AWS_ACCESS_KEY_ID: 'ASIATEST',
      AWS_SECRET_ACCESS_KEY: 'secret of arn:aws:iam::111122223333:role/r',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    })
    expect(json.HOST_SECRET).toBeUndefined()
    expect(json.HOME).not.toBe(process.env['HOME'])
  })

  it('writes the log as Lambda does, a message of several lines as one event', async () => {
    const spec = bench.deploy({ 'index.mjs': "console.log('loading')\nexport const handler = async () => { console.log('a\\nb', { x: 1 }); console.error('bad'); console.debug('d'); process.stdout.write('raw\\n') }" })
    const { log, report } = await bench.invoke(spec, {}, { requestId: 'rid' })
    const lines = log.split('\n')
    expect(lines[0]).toMatch(/^INIT_START Runtime Version: nodejs:20\.x.*\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:/)
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\tundefined\tINFO\tloading$/)
    expect(lines[2]).toBe('START RequestId: rid Version: $LATEST')
    expect(log).toMatch(/Z\trid\tINFO\ta\nb \{ x: 1 \}\n/)
    expect(log).toMatch(/Z\trid\tERROR\tbad\n/)
    expect(log).toMatch(/Z\trid\tDEBUG\td\n/)
    expect(log).toContain('\nraw\n')
    expect(log).toMatch(/\nEND RequestId: rid\nREPORT RequestId: rid\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms\t\n$/)
    expect(report.billedMs).toBe(Math.ceil(report.durationMs + report.initMs!))
    await expect.poll(() => [...bench.logs].find(([name]) => name.endsWith(report.environmentId))?.[1].map((e) => e.message)).toContainEqual(expect.stringMatching(/INFO\ta\nb \{ x: 1 \}\n$/))
  })

  it('reports what a handler throws', async () => {
    const { json, functionError, log } = await run(mjs("async () => { class OrderError extends Error { name = 'OrderError' }; throw new OrderError('empty cart') }"))
    expect(functionError).toBe('Unhandled')
    expect(json).toMatchObject({ errorType: 'OrderError', errorMessage: 'empty cart' })
    expect(json.trace[0]).toMatch(/Error: empty cart/)
    expect(log).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"OrderError","errorMessage":"empty cart"/)
  })

  it.each([
    ['Runtime.ImportModuleError', { 'other.mjs': '' }, "Error: Cannot find module 'index'"],
    ['Runtime.ImportModuleError', { 'index.js': "require('left-pad')" }, "Error: Cannot find module 'left-pad'"],
    ['Runtime.ImportModuleError', { 'index.mjs': "import 'left-pad'" }, "Cannot find package 'left-pad'"],
    ['Runtime.HandlerNotFound', { 'index.mjs': 'export const main = 1' }, 'index.handler is undefined or not exported'],
    ['Runtime.HandlerNotFound', { 'index.mjs': 'export const handler = 1' }, 'index.handler is not a function'],
    ['Runtime.UserCodeSyntaxError', { 'index.mjs': 'export const handler = (' }, 'SyntaxError: Unexpected'],
    ['Runtime.UserCodeSyntaxError', { 'index.js': 'exports.handler = (' }, 'SyntaxError: Unexpected'],
    ['TypeError', { 'index.mjs': 'null.x' }, 'Cannot read properties of null'],
  ])('names %s during init, tries again, and says so in the log', async (errorType, files, message) => {
    const { json, functionError, log } = await run(files)
    expect(functionError).toBe('Unhandled')
    expect(json.errorType).toBe(errorType)
    expect(json.errorMessage).toContain(message)
    expect(log).toMatch(new RegExp(`INIT_REPORT Init Duration: [\\d.]+ ms\tPhase: init\tStatus: error\tError Type: ${errorType}\n`))
    expect(log).toMatch(new RegExp(`INIT_REPORT Init Duration: [\\d.]+ ms\tPhase: invoke\tStatus: error\tError Type: ${errorType}\n`))
  })

  it('tells of an exit', async () => {
    const { json, log } = await bench.invoke(bench.deploy(mjs('async () => process.exit(1)')), {}, { requestId: 'rid' })
    expect(json).toEqual({ errorType: 'Runtime.ExitError', errorMessage: 'RequestId: rid Error: Runtime exited with error: exit status 1' })
    expect(log).toContain('RequestId: rid Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n')
    expect(log).toContain('Status: error\tError Type: Runtime.ExitError')
  })

  it('tells of an unhandled rejection and an uncaught exception', async () => {
    const rejected = await run(mjs("async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 1000)) }"))
    expect(rejected.json).toMatchObject({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' })
    expect(rejected.log).toContain('exit status 128')
    const thrown = await run(mjs("async () => { setTimeout(() => { throw new RangeError('late') }); await new Promise((r) => setTimeout(r, 1000)) }"))
    expect(thrown.json).toMatchObject({ errorType: 'RangeError', errorMessage: 'late' })
  })

  it('lets ES modules and CommonJS import the AWS SDK; a copy of their own wins', async () => {
    const answer = { 'cjs.cjs': "exports.name = new (require('@aws-sdk/client-sts').STSClient)({}).config.serviceId", 'index.mjs': "import { LambdaClient } from '@aws-sdk/client-lambda'\nimport cjs from './cjs.cjs'\nexport const handler = async () => [new LambdaClient({}).config.serviceId, cjs.name]" }
    expect((await run(answer, {}, { memorySize: 512 })).json).toEqual(['Lambda', 'STS'])
    const own = { 'node_modules/@aws-sdk/client-lambda/package.json': '{"main":"x.js"}', 'node_modules/@aws-sdk/client-lambda/x.js': "exports.mine = 'mine'", 'index.mjs': "import sdk from '@aws-sdk/client-lambda'\nimport { createRequire } from 'node:module'\nexport const handler = async () => [sdk.mine, createRequire(import.meta.url)('@aws-sdk/client-lambda').mine]" }
    expect((await run(own)).json).toEqual(['mine', 'mine'])
  })

  it('refuses an answer over 6 MB', async () => {
    const { json, functionError } = await run(mjs("async () => 'x'.repeat(6291556)"), {}, { memorySize: 512 })
    expect(functionError).toBe('Unhandled')
    expect(json).toEqual({ errorType: 'Function.ResponseSizeTooLarge', errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).' })
    expect((await run(mjs("async () => 'x'.repeat(6291554)"), {}, { memorySize: 512 })).payload.length).toBe(6291556)
  })

  it('takes a large event with any characters', async () => {
    const event = { text: 'Tiếng Việt '.repeat(200_000) }
    expect((await run(mjs('async (e) => e.text.length'), event, { memorySize: 512 })).json).toBe(event.text.length)
  })

  it('bounds what is logged', async () => {
    const { log, report } = await run(mjs("async () => { for (let i = 0; i < 3000; i++) console.log('x'.repeat(1000)); return 1 }"))
    expect(log).toContain('the rest is left out')
    expect(log.length).toBeLessThanOrEqual(4096)
    expect(log).toContain(`Max Memory Used: ${report.maxMemoryMb} MB`)
  })
})
