import { InvokeCommand, InvokeWithResponseStreamCommand, LambdaClient, type InvokeWithResponseStreamRequest } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())

const streaming = (body: string) => handlerZip(`awslambda.streamifyResponse(async (event, stream, context) => { ${body} })`)
const wait = (ms: number) => `await new Promise((r) => setTimeout(r, ${ms}))`
async function read(FunctionName: string, more: Partial<InvokeWithResponseStreamRequest> = {}) {
  const { EventStream, ...answer } = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName, ...more }))
  const pieces: { text: string; at: number }[] = []
  let complete
  for await (const event of EventStream!) {
    if (event.PayloadChunk) pieces.push({ text: Buffer.from(event.PayloadChunk.Payload!).toString(), at: Date.now() })
    else complete = event.InvokeComplete
  }
  return { answer, pieces, text: pieces.map(({ text }) => text).join(''), complete }
}

it('gives the answer of a streaming handler piece by piece, while the handler still runs', async () => {
  await create('pieces', { zip: streaming(`stream.setContentType('text/plain'); stream.write('one '); ${wait(400)}; stream.write('two ' + event.x); stream.end()`) })
  const { answer, pieces, text, complete } = await read('pieces', { Payload: Buffer.from('{"x":1}'), LogType: 'Tail' })
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
  expect(text).toBe('one two 1')
  expect(pieces.at(-1)!.at - pieces[0]!.at).toBeGreaterThan(200)
  expect(complete).not.toHaveProperty('ErrorCode')
  expect(Buffer.from(complete!.LogResult!, 'base64').toString()).toContain('REPORT RequestId')
  // The same handler answers a plain Invoke at once, and the environment is as good as before.
  expect((await lambda.send(new InvokeCommand({ FunctionName: 'pieces', Payload: '{"x":2}' }))).Payload!.transformToString()).toBe('one two 2')
  expect((await read('pieces', { Payload: Buffer.from('{"x":3}') })).text).toBe('one two 3')
})

it('takes the answer of any other handler too', async () => {
  await create('plain')
  expect((await read('plain', { Payload: Buffer.from('{"a":[1]}') })).text).toBe('{"a":[1]}')
})

it('carries more than an answer may have that is given whole', async () => {
  await create('large', { zip: streaming("const { pipeline } = require('node:stream/promises'); const { Readable } = require('node:stream'); await pipeline(Readable.from(Array.from({ length: 160 }, () => Buffer.alloc(65536, 120))), stream)"), Timeout: 20 })
  const { text, complete } = await read('large')
  expect(text.length).toBe(160 * 65536)
  expect(complete).not.toHaveProperty('ErrorCode')
}, 30_000)

it('tells of errors before, within and instead of an answer', async () => {
  await create('throws', { zip: streaming("if (event.late) stream.write('begun'); if (event.exit) process.exit(1); throw new TypeError('bad')") })
  const early = await read('throws')
  expect(early.text).toBe('')
  expect(early.complete!.ErrorCode).toBe('Unhandled')
  expect(JSON.parse(early.complete!.ErrorDetails!)).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad' })
  const late = await read('throws', { Payload: Buffer.from('{"late":true}') })
  expect(late.text).toBe('begun')
  expect(JSON.parse(late.complete!.ErrorDetails!)).toMatchObject({ errorType: 'TypeError' })
  const gone = await read('throws', { Payload: Buffer.from('{"exit":true}') })
  expect(JSON.parse(gone.complete!.ErrorDetails!)).toMatchObject({ errorType: 'Runtime.ExitError' })
  await create('slow', { zip: streaming(`stream.write('x'); ${wait(9000)}`), Timeout: 1 })
  expect(JSON.parse((await read('slow')).complete!.ErrorDetails!)).toMatchObject({ errorType: 'Sandbox.Timedout' })
  await expect(read('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(read('plain', { Payload: Buffer.from('{') })).rejects.toMatchObject({ name: 'InvalidRequestContentException' })
})

it('lets a function run to its end when its reader goes away', async () => {
  await create('long', { zip: streaming(`stream.write('x'); ${wait(500)}; stream.write('y'); stream.end(); globalThis.done = (globalThis.done ?? 0) + 1; if (event.ask) console.log('done ' + globalThis.done)`) })
  const aborter = new AbortController()
  const { EventStream } = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: 'long' }), { abortSignal: aborter.signal })
  for await (const _event of EventStream!) break
  aborter.abort()
  await new Promise((resolve) => setTimeout(resolve, 900))
  const { complete } = await read('long', { Payload: Buffer.from('{"ask":true}'), LogType: 'Tail' })
  expect(Buffer.from(complete!.LogResult!, 'base64').toString()).toContain('done 2')
})
