import { CreateEventBus$, LimitExceededException, type CreateEventBusRequest, type CreateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { findBus, listBuses, lockEvents } from '../buses'
import { alreadyExists, invalid } from '../errors'
import { busArn } from '../names'
import { buses } from '../records'
import { tagsOf } from '../tags'

const MOST_BUSES = 100

/** Makes a custom event bus. */
export const createEventBus = operation<CreateEventBusRequest, CreateEventBusResponse>(CreateEventBus$, {
  resource: ({ account, region, input }) => busArn({ account, region, name: input.Name! }),
  context: ({ input }) => tagContext(input.Tags && tagsOf(input.Tags)),
  async run(call) {
    const { sandbox, account, region, input } = call
    const name = { account, region, name: input.Name! }
    if (input.EventSourceName !== undefined || name.name.startsWith('aws.partner/')) throw invalid('Event buses of partners are not in this sandbox.')
    if (name.name.includes('/')) throw invalid('Event bus name must not contain \'/\'.')
    if (input.Tags?.length) await call.authorize('events:TagResource', busArn(name), tagContext(tagsOf(input.Tags)))
    return lockEvents(sandbox, account, async () => {
      if (await findBus(sandbox, name)) throw alreadyExists(`Event bus ${name.name} already exists.`)
      if ((await listBuses(sandbox, name)).length >= MOST_BUSES) throw new LimitExceededException({ message: `The requested resource exceeds the maximum number allowed: ${MOST_BUSES} event buses.`, $metadata: {} })
      const now = new Date(sandbox.now()).toISOString()
      const { Description, DeadLetterConfig } = input
      await sandbox.store.put(buses, scopeOf(name), name.name, {
        ...name,
        tags: tagsOf(input.Tags),
        createdAt: now,
        modifiedAt: now,
        ...(Description === undefined ? {} : { description: Description }),
        ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
      })
      return { EventBusArn: busArn(name), Description, DeadLetterConfig }
    })
  },
})
