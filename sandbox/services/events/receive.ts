import { permitDelivery, Undeliverable, type Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { busPolicy, findBus } from './buses'
import { deliver } from './deliver'
import { rulesOfBus } from './matching-rules'
import { parseBus } from './names'
import type { Event } from './transform'

/** Takes an event for a bus. @throws Undeliverable without bus or permission */
export async function receive(sandbox: Sandbox, delivery: Delivery): Promise<void> {
  const bus = parseBus(delivery, delivery.target)
  if (!(await findBus(sandbox, bus))) throw new Undeliverable('NO_RESOURCE', `The event bus ${delivery.target} does not exist.`)
  await permitDelivery(sandbox, delivery, 'events:PutEvents', delivery.target, bus.account === delivery.account ? undefined : await busPolicy(sandbox, bus))
  const rulesFor = await rulesOfBus(sandbox, bus)
  await deliver(sandbox, rulesFor(JSON.parse(delivery.body) as Event))
}
