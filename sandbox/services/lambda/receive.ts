import { randomUUID } from 'node:crypto'
import { permitDelivery, Undeliverable, type Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { findFunction } from './functions'
import { functionArn, parseName } from './names'
import { policyDocument } from './policy'

/** Takes an event for a function, to be run asynchronously. @throws Undeliverable without function or permission */
export async function receive(sandbox: Sandbox, delivery: Delivery): Promise<void> {
  const [, , , region, account] = delivery.target.split(':') as string[]
  const name = parseName({ account: account!, region: region! }, delivery.target)
  const record = await findFunction(sandbox, name)
  if (!record) throw new Undeliverable('NO_RESOURCE', `The function ${delivery.target} does not exist.`)
  await permitDelivery(sandbox, delivery, 'lambda:InvokeFunction', functionArn(name), policyDocument(record, name.qualifier))
  const { qualifier } = name
  await sandbox.asyncEvents.accept({
    requestId: randomUUID(),
    account: name.account,
    region: name.region,
    functionName: name.name,
    ...(qualifier === undefined ? {} : { qualifier }),
    invokedArn: functionArn(name),
    payload: Buffer.from(delivery.body).toString('base64'),
    ...(delivery.trace === undefined ? {} : { traceHeader: delivery.trace }),
  })
}
