import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let logs: CloudWatchLogsClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  logs = new CloudWatchLogsClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
})
afterAll(() => sandbox.remove())

const messages = (logGroupName: string, marker: string) =>
  eventually(async () => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName })).catch(() => ({ events: [] }))
    const found = events!.map(({ message }) => message!)
    return found.some((message) => message.includes(marker)) ? found : undefined
  })

it('writes the log in JSON to the group and from the levels on that the function asks for', async () => {
  const asked = { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'DEBUG', LogGroup: '/aws/lambda/custom' } as const
  const { LoggingConfig } = await create('json', { zip: handlerZip("async () => { console.log('quiet'); console.warn('loud') }"), LoggingConfig: asked })
  expect(LoggingConfig).toEqual(asked)
  await lambda.send(new InvokeCommand({ FunctionName: 'json' }))
  const lines = (await messages('/aws/lambda/custom', 'platform.report')).map((message) => JSON.parse(message))
  expect(lines.map((line) => line.type ?? line.message)).toEqual(['platform.initStart', 'platform.initRuntimeDone', 'platform.initReport', 'platform.start', 'loud', 'platform.runtimeDone', 'platform.report'])
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'json', LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/text' } }))
  await lambda.send(new InvokeCommand({ FunctionName: 'json' }))
  expect((await messages('/aws/lambda/text', 'REPORT')).join('')).toMatch(/INIT_START[^]*START[^]*quiet[^]*loud[^]*END[^]*REPORT/)
})

it('runs a function whose zip brings its own runtime', async () => {
  const program = `#!${process.execPath}
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/'
;(async () => { for (;;) { const event = await fetch(api + 'next'); await fetch(api + event.headers.get('lambda-runtime-aws-request-id') + '/response', { method: 'POST', body: await event.text() }) } })()
`
  const zip = zipSync({ bootstrap: [strToU8(program), { os: 3, attrs: (0o100755 << 16) >>> 0 }] })
  const { Runtime } = await create('own', { Runtime: 'provided.al2023', Handler: 'any', zip })
  expect(Runtime).toBe('provided.al2023')
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'own', Payload: '{"a":1}' }))
  expect([FunctionError, Payload!.transformToString()]).toEqual([undefined, '{"a":1}'])
})

it.each(['java21', 'dotnet8', 'ruby3.3'] as const)('refuses the runtime %s by name', async (Runtime) => {
  await expect(create('no', { Runtime })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining(`${Runtime} is not served by this sandbox`) })
})
