import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { parsePolicy } from '../iam/policy-document'
import { resourceTags } from '../tag-context'
import { notFound } from './errors'
import { busArn, DEFAULT_BUS, parseBus, type BusName } from './names'
import { buses, type EventBus } from './records'

/** What IAM decides on for the operations on one bus, which the call names by `Name`. */
export const onBus = {
  resource: (call: Call) => busArn(parseBus(call, call.input.Name)),
  context: async (call: Call) => resourceTags((await findBus(call.sandbox, parseBus(call, call.input.Name)))?.tags),
}

/** A bus; the default one always is there. */
export async function findBus(sandbox: Sandbox, bus: BusName): Promise<EventBus | undefined> {
  const found = await sandbox.store.get(buses, scopeOf(bus), bus.name)
  return found ?? (bus.name === DEFAULT_BUS ? defaultBus(bus) : undefined)
}

/** @throws ResourceNotFoundException */
export async function requireBus(sandbox: Sandbox, bus: BusName): Promise<EventBus> {
  const found = await findBus(sandbox, bus)
  if (!found) throw notFound(`Event bus ${bus.name} does not exist.`)
  return found
}

/** All buses of an account in a region, by name, the default one among them. */
export async function listBuses(sandbox: Sandbox, place: { account: string; region: string }): Promise<EventBus[]> {
  const kept = (await sandbox.store.list(buses, scopeOf(place))).map(({ value }) => value)
  const all = kept.some(({ name }) => name === DEFAULT_BUS) ? kept : [...kept, defaultBus(place)]
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Changes a bus: `change` gets the record to alter, which is then written. @throws ResourceNotFoundException, and what `change` throws */
export function changeBus(sandbox: Sandbox, name: BusName, change: (bus: EventBus) => void): Promise<EventBus> {
  return lockEvents(sandbox, name.account, async () => {
    const bus = await requireBus(sandbox, name)
    change(bus)
    bus.modifiedAt = new Date(sandbox.now()).toISOString()
    await sandbox.store.put(buses, scopeOf(bus), bus.name, bus)
    return bus
  })
}

/** Runs `work` alone on an account's buses and rules. */
export function lockEvents<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`events ${account}`, work)
}

/** The policy of a bus, where it has one. */
export async function busPolicy(sandbox: Sandbox, name: BusName): Promise<object | undefined> {
  const policy = (await findBus(sandbox, name))?.policy
  return policy === undefined ? undefined : parsePolicy(policy)
}

/** Since when default buses are there is nobody's concern; accounts have them from the start. */
function defaultBus({ account, region }: { account: string; region: string }): EventBus {
  const since = '2026-01-01T00:00:00.000Z'
  return { account, region, name: DEFAULT_BUS, tags: {}, createdAt: since, modifiedAt: since }
}
