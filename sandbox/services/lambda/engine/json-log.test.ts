import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'
import type { Logging } from './types'

let bench: TestBench
beforeAll(async () => void (bench = await testBench()))
afterAll(() => bench.close())

const logging = (more: Partial<Logging> = {}) => ({ logging: { format: 'JSON' as const, applicationLevel: 'INFO', systemLevel: 'INFO', ...more } })
const lines = (log: string): any[] => log.trim().split('\n').map((line) => JSON.parse(line))
const node = (body: string, more: Partial<Logging> = {}) => bench.deploy({ 'index.mjs': `export const handler = async () => { ${body} }` }, logging(more))

describe('the log in JSON', () => {
  it('holds the events of the platform as records', async () => {
    const { log } = await bench.invoke(node('return 1'), {}, { requestId: 'r-1' })
    const [init, start, report, ...rest] = lines(log)
    expect(rest).toEqual([])
    expect(init).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/), type: 'platform.initStart', record: { initializationType: 'on-demand', phase: 'init', runtimeVersion: 'nodejs:20.x', functionVersion: '$LATEST' } })
    expect(start).toMatchObject({ type: 'platform.start', record: { requestId: 'r-1', version: '$LATEST' } })
    expect(report).toMatchObject({ type: 'platform.report', record: { requestId: 'r-1', status: 'success', metrics: { durationMs: expect.any(Number), billedDurationMs: expect.any(Number), memorySizeMB: 128, maxMemoryUsedMB: expect.any(Number), initDurationMs: expect.any(Number) } } })
  })

  it('tells more or less of the platform as its level says', async () => {
    const types = async (systemLevel: string, body = 'return 1') => lines(`${(await bench.invoke(node(body, { systemLevel }))).log || '{}'}`).map((line) => line.type)
    expect(await types('DEBUG')).toEqual(['platform.initStart', 'platform.initRuntimeDone', 'platform.initReport', 'platform.start', 'platform.runtimeDone', 'platform.report'])
    expect(await types('WARN')).toEqual([undefined])
    expect((await types('WARN', 'throw new Error("x")')).filter(Boolean)).toEqual(['platform.runtimeDone', 'platform.report'])
  })

  it('holds what a Node.js function logs, from its level on', async () => {
    const body = `console.debug('too little'); console.log('text'); console.info({ a: 1 }); console.warn('two %s', 'parts'); console.error('failed', new TypeError('bad')); console.error(new RangeError('alone'))`
    const { log } = await bench.invoke(node(body), {}, { requestId: 'r-2' })
    const own = lines(log).filter((line) => line.level)
    expect(own.map(({ level, message }) => [level, message])).toEqual([
      ['INFO', 'text'],
      ['INFO', { a: 1 }],
      ['WARN', 'two parts'],
      ['ERROR', expect.stringContaining('failed TypeError: bad')],
      ['ERROR', { errorType: 'RangeError', errorMessage: 'alone', stackTrace: expect.any(Array) }],
    ])
    expect(own[0]).toEqual({ timestamp: expect.stringMatching(/Z$/), level: 'INFO', requestId: 'r-2', message: 'text' })
    expect(own[3]).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad', stackTrace: expect.any(Array) })
    const more = await bench.invoke(node(`console.debug('now'); console.trace('not yet')`, { applicationLevel: 'DEBUG' }))
    expect(lines(more.log).filter((line) => line.level).map(({ message }) => message)).toEqual(['now'])
    const thrown = await bench.invoke(node(`throw new Error('thrown')`))
    expect(lines(thrown.log)).toContainEqual(expect.objectContaining({ level: 'ERROR', message: expect.objectContaining({ errorType: 'Error', errorMessage: 'thrown' }) }))
    expect(lines(thrown.log).at(-1)).toMatchObject({ type: 'platform.report', record: { status: 'error', errorType: 'Error' } })
  })

  it('tells of time-outs in the report', async () => {
    const { log } = await bench.invoke({ ...node('await new Promise(() => setTimeout(() => {}, 9000))'), timeout: 1 })
    expect(lines(log).at(-1)).toMatchObject({ type: 'platform.report', record: { status: 'timeout' } })
  })

  it('holds what a Python function logs, from its level on', async (test) => {
    if (!(await bench.engine.runtimes())['python3.12']!.available) return test.skip()
    const code = `import logging
logger = logging.getLogger("own")
def handler(event, context):
  logger.debug("too little")
  logger.info("text %d", 1, extra={"order": 7})
  try:
    1 / 0
  except ZeroDivisionError:
    logger.exception("caught")
  raise ValueError("thrown")
`
    const { log } = await bench.invoke(bench.deploy({ 'app.py': code }, { runtime: 'python3.12', handler: 'app.handler', ...logging() }), {}, { requestId: 'r-3' })
    const own = lines(log).filter((line) => !line.type)
    expect(own[0]).toEqual({ timestamp: expect.stringMatching(/Z$/), level: 'INFO', message: 'text 1', logger: 'own', order: 7, requestId: 'r-3' })
    expect(own[1]).toMatchObject({ level: 'ERROR', message: 'caught', errorType: 'ZeroDivisionError', errorMessage: 'division by zero', stackTrace: expect.any(Array) })
    expect(own[2]).toMatchObject({ log_level: 'ERROR', errorType: 'ValueError', errorMessage: 'thrown' })
    expect(own).toHaveLength(3)
  })
})
