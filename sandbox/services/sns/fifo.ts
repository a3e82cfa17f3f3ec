import type { Sandbox } from '../../sandbox'
import type { Store, Write } from '../../store'
import { deduplications, type Deduplication, type Message, type Topic } from './records'

const DEDUPLICATION_MS = 300_000

/** What a FIFO topic took lately, as the process holds it. */
interface Recent {
  byId: Map<string, Deduplication>
  last: bigint
}

const recents = new WeakMap<Store, Map<string, Promise<Recent>>>()

function load(sandbox: Sandbox, topic: Topic): Promise<Recent> {
  let all = recents.get(sandbox.store)
  if (!all) recents.set(sandbox.store, (all = new Map()))
  let recent = all.get(topic.id)
  if (!recent) all.set(topic.id, (recent = read(sandbox, topic)))
  return recent
}

async function read(sandbox: Sandbox, topic: Topic): Promise<Recent> {
  const kept = (await sandbox.store.list(deduplications, topic.id)).sort((a, b) => a.value.until - b.value.until)
  return { byId: new Map(kept.map(({ key, value }) => [key, value])), last: kept.reduce((most, { value }) => (BigInt(value.sequence) > most ? BigInt(value.sequence) : most), 0n) }
}

/**
 * Numbers messages of a FIFO topic. One that the topic took within five minutes gets the id and number that it got then, and is not new.
 * To be called in the topic's lock; `writes` go into the batch of the deliveries, `keep` after it.
 */
export async function number(sandbox: Sandbox, topic: Topic, messages: Message[]): Promise<{ numbered: (Message & { isNew: boolean })[]; writes: Write[]; keep(): void }> {
  const recent = await load(sandbox, topic)
  const now = sandbox.now()
  const writes: Write[] = []
  for (const [key, { until }] of recent.byId) {
    if (until > now) break
    recent.byId.delete(key)
    writes.push({ collection: deduplications, scope: topic.id, key })
  }
  const fresh = new Map<string, Deduplication>()
  let { last } = recent
  const numbered = messages.map((message) => {
    const key = topic.attributes.FifoThroughputScope === 'MessageGroup' ? `${message.group} ${message.deduplicationId}` : message.deduplicationId!
    const before = recent.byId.get(key) ?? fresh.get(key)
    if (before) return { ...message, id: before.messageId, sequence: before.sequence, isNew: false }
    const byClock = BigInt(now) * 10_000_000n
    last = byClock > last ? byClock : last + 1n
    const one = { messageId: message.id, sequence: String(last).padStart(20, '0'), until: now + DEDUPLICATION_MS }
    fresh.set(key, one)
    writes.push({ collection: deduplications, scope: topic.id, key, value: one })
    return { ...message, sequence: one.sequence, isNew: true }
  })
  const keep = () => {
    recent.last = last
    for (const [key, one] of fresh) recent.byId.set(key, one)
  }
  return { numbered, writes, keep }
}
