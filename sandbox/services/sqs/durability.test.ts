import { DeleteMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { queueTools } from './testing'

const program = sandboxProgram()
const start = async () => new SQSClient({ ...(await program.start()), useQueueUrlAsEndpoint: false })

it('loses no message and forgets no delete or receive that it acknowledged when it is killed', { timeout: 60_000 }, async () => {
  let sqs = await start()
  let tools = queueTools(sqs)
  const QueueUrl = await tools.make('storm')
  const orders = await tools.make('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  const sent = new Set<string>()
  const hidden = new Set<string>()
  const deleted = new Set<string>()
  // What was under way when the program died may or may not have happened.
  const unsure = new Set<string>()
  const work = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const body = `${worker}-${i}`
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }))
      sent.add(body)
      await sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: body, MessageGroupId: String(worker) }))
      if (i % 3 === 0) {
        const [message] = await tools.receive(QueueUrl, { VisibilityTimeout: 600 })
        hidden.add(message!.Body!)
        if (i % 2 === 0) {
          unsure.add(message!.Body!)
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message!.ReceiptHandle }))
          deleted.add(message!.Body!)
          unsure.delete(message!.Body!)
        }
      }
    }
  }
  const workers = [0, 1, 2, 3].map((worker) => work(worker).catch(() => {}))
  while (sent.size < 300) await new Promise((resolve) => setTimeout(resolve, 10))
  await program.kill()
  await Promise.all(workers)

  sqs = await start()
  tools = queueTools(sqs)
  const seen = new Set<string>()
  for (let batch = await tools.receive(QueueUrl, { MaxNumberOfMessages: 10 }); batch.length > 0; batch = await tools.receive(QueueUrl, { MaxNumberOfMessages: 10 })) {
    for (const { Body } of batch) seen.add(Body!)
  }
  const lost = [...sent].filter((body) => !seen.has(body) && !hidden.has(body))
  // Each worker may have received one whose answer never arrived: it is hidden, not lost.
  expect(lost.length).toBeLessThanOrEqual(4)
  expect([...seen].filter((body) => hidden.has(body))).toEqual([])
  const inFlight = Number(await tools.attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')) - seen.size
  expect(inFlight).toBeGreaterThanOrEqual(hidden.size - deleted.size - unsure.size)

  const orderly = new Map<string, number>()
  for (;;) {
    const batch = await tools.receive(orders, { MaxNumberOfMessages: 10 })
    if (batch.length === 0) break
    for (const { Body, ReceiptHandle } of batch) {
      const [worker, i] = Body!.split('-')
      expect(Number(i)).toBe((orderly.get(worker!) ?? -1) + 1)
      orderly.set(worker!, Number(i))
      await sqs.send(new DeleteMessageCommand({ QueueUrl: orders, ReceiptHandle }))
    }
  }
  expect(orderly.size).toBe(4)
})
