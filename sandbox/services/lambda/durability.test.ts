import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient, ListFunctionsCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

const { start, kill } = sandboxProgram()

it('loses no function, version or log that it acknowledged when it is killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const create = functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
  const acknowledged: string[] = []
  const write = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const name = `f-${worker}-${i}`
      await create(name, { zip: handlerZip(`async () => console.log("by ${name}") ?? "${name}"`) })
      await new LambdaClient(config).send(new PublishVersionCommand({ FunctionName: name }))
      acknowledged.push(name)
    }
  }
  const workers = [0, 1, 2].map((worker) => write(worker).catch(() => {}))
  await eventually(async () => (acknowledged.length >= 6 ? true : undefined))
  await kill()
  await Promise.all(workers)

  config = await start()
  const lambda = new LambdaClient(config)
  for (const name of acknowledged) expect((await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: '1' }))).Payload!.transformToString()).toBe(`"${name}"`)
  const { Functions } = await lambda.send(new ListFunctionsCommand({}))
  // One more per worker may have been written without its answer arriving.
  expect(Functions!.length).toBeGreaterThanOrEqual(acknowledged.length)
  for (const { FunctionName } of Functions!) expect((await lambda.send(new InvokeCommand({ FunctionName }))).FunctionError).toBeUndefined()
})

it('runs an event that it accepted before it was killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const create = functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['service-role/AWSLambdaBasicExecutionRole']))
  await create('slow', { zip: handlerZip('async (event) => { await new Promise((done) => setTimeout(done, 1500)); console.log("done with", event.n) }'), Timeout: 10 })
  expect((await new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'slow', InvocationType: 'Event', Payload: '{"n":5}' }))).StatusCode).toBe(202)
  await kill()
  config = await start()
  const logs = new CloudWatchLogsClient(config)
  const found = await eventually(async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/slow', filterPattern: '"done with 5"' })).catch(() => undefined))?.events?.[0])
  expect(found.message).toContain('done with 5')
})
