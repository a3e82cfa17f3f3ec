import { randomUUID } from 'node:crypto'
import { ResourceNotFoundException, UnsupportedOperation } from '@aws-sdk/client-sqs'
import type { Sandbox } from '../../sandbox'
import { accountOf, collection, scopeOf } from '../../store'
import { isFifo, redriveOf } from './attributes'
import { invalidParameter } from './errors'
import { count, moveOn } from './messages'
import { parseQueueArn, queueArn, type QueueName } from './names'
import { findQueue, listQueueRecords, lockQueues } from './queues'
import type { Queue, StoredMessage } from './records'

/** Messages of a dead-letter queue on their way back, or to another queue. */
export interface MoveTask {
  id: string
  source: QueueName
  destinationArn?: string
  perSecond?: number
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED'
  failure?: string
  moved: number
  toMove: number
  /** Epoch ms. */
  startedAt: number
}

/** Scope: account and region; keyed by the source queue's name, the time and the task's id. */
const moveTasks = collection<MoveTask>('sqs/move-tasks')
const ALARM = 'sqs'
/** How many go at a time where no rate is set; then others have their turn. */
const AT_ONCE = 100
/** What ListMessageMoveTasks can tell; older ones are forgotten. */
const KEPT = 10

/** The queue that an ARN names as the source of a move. @throws ResourceNotFoundException */
export async function sourceOf(sandbox: Sandbox, account: string, arn: string): Promise<Queue> {
  const name = parseQueueArn(arn)
  if (!name) throw invalidParameter('You must use this format to specify the SourceArn: arn:<partition>:<service>:<region>:<account-id>:<resource-name>')
  const queue = name.account === account ? await findQueue(sandbox, name) : undefined
  if (!queue) throw new ResourceNotFoundException({ message: "The resource that you specified for the SourceArn parameter doesn't exist.", $metadata: {} })
  return queue
}

/** Starts to move a dead-letter queue's messages. @throws ResourceNotFoundException, UnsupportedOperation where one is at work already */
export async function startTask(sandbox: Sandbox, source: Queue, destinationArn: string | undefined, perSecond: number | undefined): Promise<MoveTask> {
  await requireDestination(sandbox, source, destinationArn)
  const isDeadLetters = (await listQueueRecords(sandbox, source)).some((queue) => redriveOf(queue)?.target.name === source.name)
  if (!isDeadLetters) throw invalidParameter('Source queue must be configured as a Dead Letter Queue.')
  const { ready: toMove } = await count(sandbox, source)
  return lockQueues(sandbox, source.account, async () => {
    const before = await listTasks(sandbox, source)
    if (before.some(({ status }) => status === 'RUNNING')) {
      throw new UnsupportedOperation({ message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.', $metadata: {} })
    }
    const { account, region, name } = source
    const startedAt = sandbox.now()
    const task: MoveTask = {
      id: randomUUID(),
      source: { account, region, name },
      ...(destinationArn === undefined ? {} : { destinationArn }),
      ...(perSecond === undefined ? {} : { perSecond }),
      status: 'RUNNING',
      moved: 0,
      toMove,
      startedAt,
    }
    const old = before.slice(KEPT - 1).map((one) => ({ collection: moveTasks, scope: scopeOf(source), key: keyOf(one) }))
    await keep(sandbox, task, startedAt, old)
    return task
  })
}

async function requireDestination(sandbox: Sandbox, source: Queue, arn: string | undefined): Promise<void> {
  if (arn === undefined) return
  const name = parseQueueArn(arn)
  if (!name) throw invalidParameter('You must use this format to specify the DestinationArn: arn:<partition>:<service>:<region>:<account-id>:<resource-name>')
  if (!(await findQueue(sandbox, name))) throw new ResourceNotFoundException({ message: "The resource that you specified for the DestinationArn parameter doesn't exist.", $metadata: {} })
  if (arn === queueArn(source)) throw invalidParameter('Source queue arn and destination queue arn cannot be the same.')
  if (isFifo(name) !== isFifo(source)) throw invalidParameter('Source queue and destination queue must be of the same type.')
}

/** The tasks of a queue, latest first. */
export async function listTasks(sandbox: Sandbox, source: QueueName): Promise<MoveTask[]> {
  return (await sandbox.store.list(moveTasks, scopeOf(source), { prefix: `${source.name}/`, reverse: true })).map(({ value }) => value)
}

/** What AWS's clients name a task by. */
export function handleOf({ id, source }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn: queueArn(source) })).toString('base64')
}

/** The queue whose task a handle names. @throws InvalidParameterValue */
export function sourceOfHandle(handle: string): string {
  try {
    const { taskId, sourceArn } = JSON.parse(Buffer.from(handle, 'base64').toString('utf8')) as Record<string, unknown>
    if (typeof taskId === 'string' && typeof sourceArn === 'string' && parseQueueArn(sourceArn)) return sourceArn
  } catch {
    // Told below, as any other handle that is none.
  }
  throw invalidParameter('Value for parameter TaskHandle is invalid.')
}

/** Ends a task where it stands. @throws ResourceNotFoundException, UnsupportedOperation where it has ended */
export function cancelTask(sandbox: Sandbox, source: Queue, handle: string): Promise<MoveTask> {
  return lockQueues(sandbox, source.account, async () => {
    const task = (await listTasks(sandbox, source)).find((one) => handleOf(one) === handle)
    if (!task) throw new ResourceNotFoundException({ message: 'Task does not exist.', $metadata: {} })
    if (task.status !== 'RUNNING') throw new UnsupportedOperation({ message: 'Only active tasks can be cancelled.', $metadata: {} })
    task.status = 'CANCELLED'
    await keep(sandbox, task, undefined)
    return task
  })
}

/** A task is to go on: the next messages are moved, then it waits or ends. */
export async function runTask(sandbox: Sandbox, scope: string, key: string, at: number): Promise<void> {
  await lockQueues(sandbox, accountOf(scope), async () => {
    const task = await sandbox.store.get(moveTasks, scope, key)
    const source = task && (await findQueue(sandbox, task.source))
    if (task?.status !== 'RUNNING' || !source) {
      if (task?.status === 'RUNNING') await keep(sandbox, { ...task, status: 'FAILED', failure: 'AWS.SimpleQueueService.NonExistentQueue' }, undefined)
      else await sandbox.store.batch([sandbox.alarms.write(ALARM, scope, key, undefined)])
      return
    }
    const most = task.perSecond ?? AT_ONCE
    const { moved, failure } = await moveOn(sandbox, source, most, (message) => destinationOf(sandbox, source, task, message))
    task.moved += moved
    if (failure !== undefined) Object.assign(task, { status: 'FAILED', failure })
    else if (moved < most) task.status = 'COMPLETED'
    await keep(sandbox, task, task.status === 'RUNNING' ? at + (task.perSecond === undefined ? 0 : 1000) : undefined)
  })
}

/** Where a message goes: to the queue that the task names, else to the one that it came from. Or why it cannot. */
async function destinationOf(sandbox: Sandbox, source: Queue, task: MoveTask, message: StoredMessage): Promise<Queue | string> {
  const arn = task.destinationArn ?? message.system.DeadLetterQueueSourceArn
  const name = arn === undefined ? undefined : parseQueueArn(arn)
  if (!name) return 'CouldNotDetermineMessageSource'
  const queue = await findQueue(sandbox, name)
  return queue && isFifo(queue) === isFifo(source) ? queue : 'AWS.SimpleQueueService.NonExistentQueue'
}

/** Writes a task, and when it goes on. */
async function keep(sandbox: Sandbox, task: MoveTask, nextAt: number | undefined, more: Parameters<Sandbox['store']['batch']>[0] = []): Promise<void> {
  const [scope, key] = [scopeOf(task.source), keyOf(task)]
  await sandbox.store.batch([{ collection: moveTasks, scope, key, value: task }, sandbox.alarms.write(ALARM, scope, key, nextAt), ...more])
  sandbox.alarms.set(ALARM, scope, key, nextAt)
}

function keyOf({ source, startedAt, id }: MoveTask): string {
  return `${source.name}/${String(startedAt).padStart(15, '0')}-${id}`
}
