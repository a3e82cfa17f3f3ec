import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testBench, type TestBench } from './testing'

const probe = await testBench()
const available = (await probe.engine.runtimes())['python3.11']!.available
await probe.close()

describe.skipIf(!available).each(['auto', 'none'] as const)('Python handlers (isolation %s), where Python is installed', (isolation) => {
  let bench: TestBench
  beforeAll(async () => void (bench = await testBench({ isolation })))
  afterAll(() => bench.close())

  const run = (code: string, event: unknown = {}, changes = {}) => bench.invoke(bench.deploy({ 'app.py': code }, { runtime: 'python3.11', handler: 'app.handler', ...changes }), event)

  it.each(['python3.11', 'python3.12', 'python3.13'])('runs on %s', async (runtime) => {
    const { json, log } = await run('import sys\ndef handler(event, context):\n  return [event["x"], "%d.%d" % sys.version_info[:2]]', { x: 'ü' }, { runtime })
    const { version } = (await bench.engine.runtimes())[runtime]!
    expect(json).toEqual(['ü', version!.split('.').slice(0, 2).join('.')])
    expect(log).toContain(`INIT_START Runtime Version: ${runtime.replace('python', 'python:')}`)
  })

  it('has the packages installed for the sandbox, read-only', async () => {
    const packages = join(bench.dataDir, 'python')
    mkdirSync(join(packages, 'boto3'), { recursive: true })
    writeFileSync(join(packages, 'boto3/__init__.py'), 'mark = "installed"')
    const { json } = await run('import boto3, os\ndef handler(e, c):\n  at = boto3.__file__\n  try: open(at, "a"); w = True\n  except OSError: w = False\n  return [boto3.mark, at, w]')
    rmSync(packages, { recursive: true })
    expect(json[0]).toBe('installed')
    if (isolation === 'auto' && (await bench.engine.isolation()) === 'bwrap') expect(json.slice(1)).toEqual(['/var/lang/lib/python3.11/site-packages/boto3/__init__.py', false])
  })

  it('says how to install boto3 where it is missing', async () => {
    const { json, log } = await run('raise ImportError("No module named \'boto3\'", name="boto3")')
    expect(json).toMatchObject({ errorType: 'Runtime.ImportModuleError', errorMessage: "Unable to import module 'app': No module named 'boto3'" })
    expect(log).toContain('npm run sandbox -- --install-boto3')
  })

  it('finds a handler in a package', async () => {
    const spec = bench.deploy({ 'src/__init__.py': '', 'src/app.py': 'def main(e, c): return 1' }, { runtime: 'python3.11', handler: 'src/app.main' })
    expect((await bench.invoke(spec)).json).toBe(1)
  })

  it('gives a complete context', async () => {
    const code = 'def handler(e, c): return [c.aws_request_id, c.function_name, c.function_version, c.memory_limit_in_mb, c.log_group_name, c.log_stream_name, c.client_context.custom, c.identity.cognito_identity_id, c.get_remaining_time_in_millis() > 2000]'
    const spec = bench.deploy({ 'app.py': code }, { runtime: 'python3.11', handler: 'app.handler' })
    const { json, report } = await bench.invoke(spec, {}, { requestId: 'rid', clientContext: '{"custom":{"a":1}}' })
    expect(json).toEqual(['rid', spec.functionName, '$LATEST', '128', spec.logGroup, expect.stringContaining(report.environmentId), { a: 1 }, null, true])
  })

  it('writes print and logging as Lambda does', async () => {
    const { log } = await bench.invoke(bench.deploy({ 'app.py': 'import logging\nlogger = logging.getLogger()\nlogger.setLevel("INFO")\ndef handler(e, c):\n  print("printed")\n  logger.info("one\\ntwo")\n  logger.debug("no")' }, { runtime: 'python3.11', handler: 'app.handler' }), {}, { requestId: 'rid' })
    expect(log).toContain('\nprinted\n')
    expect(log).toMatch(/\[INFO\]\t\d{4}-\d\d-\d\dT[\d:.]+Z\trid\tone\ntwo\n/)
    expect(log).not.toContain('no\n')
  })

  it('reports what a handler raises', async () => {
    const { json, log, functionError } = await bench.invoke(bench.deploy({ 'app.py': 'def handler(e, c):\n  raise ValueError("empty cart")' }, { runtime: 'python3.11', handler: 'app.handler' }), {}, { requestId: 'rid' })
    expect(functionError).toBe('Unhandled')
    expect(json).toMatchObject({ errorType: 'ValueError', errorMessage: 'empty cart', requestId: 'rid' })
    expect(json.stackTrace).toEqual([expect.stringMatching(/app\.py", line 2, in handler\n {4}raise ValueError\("empty cart"\)\n$/)])
    expect(log).toContain('[ERROR] ValueError: empty cart\nTraceback (most recent call last):\n')
  })

  it.each([
    ['Runtime.ImportModuleError', 'import nothing_like_it', "Unable to import module 'app': No module named 'nothing_like_it'"],
    ['Runtime.HandlerNotFound', 'x = 1', "Handler 'handler' missing on module 'app'"],
    ['Runtime.UserCodeSyntaxError', 'def handler(', "Syntax error in module 'app'"],
    ['ZeroDivisionError', '1/0', 'division by zero'],
  ])('names %s', async (errorType, code, message) => {
    const { json, log } = await run(code)
    expect(json.errorType).toBe(errorType)
    expect(json.errorMessage).toContain(message)
    expect(log).toContain(`Phase: init\tStatus: error\tError Type: ${errorType}`)
  })

  it('tells of an exit and of what JSON cannot say', async () => {
    expect((await run('import sys\ndef handler(e, c): sys.exit(3)')).json.errorMessage).toContain('exit status 3')
    expect((await run('def handler(e, c): return {1}')).json).toMatchObject({ errorType: 'Runtime.MarshalError', errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable' })
    expect((await run('from decimal import Decimal\ndef handler(e, c): return Decimal("1.5")')).json).toBe(1.5)
  })

  it('lets a handler fork and use threads', async () => {
    const code = 'import subprocess, threading, os\ndef handler(e, c):\n  pid = os.fork()\n  if pid == 0: os._exit(7)\n  return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), threading.active_count(), subprocess.check_output(["echo", "sub"]).decode()]'
    expect((await run(code)).json).toEqual([7, 1, 'sub\n'])
  })
})
