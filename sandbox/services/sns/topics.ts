import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { noTopic } from './errors'
import type { TopicName } from './names'
import { topics, type Topic } from './records'

export function findTopic(sandbox: Sandbox, name: TopicName): Promise<Topic | undefined> {
  return sandbox.store.get(topics, scopeOf(name), name.name)
}

/** @throws NotFound */
export async function requireTopic(sandbox: Sandbox, name: TopicName): Promise<Topic> {
  const found = await findTopic(sandbox, name)
  if (!found) throw noTopic()
  return found
}

/** All topics of an account in a region, by name. */
export async function listTopicRecords(sandbox: Sandbox, place: { account: string; region: string }): Promise<Topic[]> {
  return (await sandbox.store.list(topics, scopeOf(place))).map(({ value }) => value)
}

/** Runs `work` alone on an account's topics and their subscriptions. */
export function lockTopics<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`sns ${account}`, work)
}

/** Changes a topic: `change` gets the record to alter, which is then written. @throws NotFound, and what `change` throws */
export function changeTopic(sandbox: Sandbox, name: TopicName, change: (topic: Topic) => void): Promise<void> {
  return lockTopics(sandbox, name.account, async () => {
    const topic = await requireTopic(sandbox, name)
    change(topic)
    await sandbox.store.put(topics, scopeOf(name), name.name, topic)
  })
}
