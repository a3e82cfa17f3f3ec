import { DeleteTopic$, type DeleteTopicInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { named, onTopic } from '../on-topic'
import { deduplications, topics } from '../records'
import { listSubscriptionsOf, writesOf } from '../subscriptions'
import { findTopic, lockTopics } from '../topics'

/** Deletes a topic with its subscriptions; one that is not there is no mistake. */
export const deleteTopic = operation<DeleteTopicInput, object>(DeleteTopic$, {
  ...onTopic,
  async run(call) {
    const { sandbox } = call
    const name = named(call)
    await lockTopics(sandbox, name.account, async () => {
      const topic = await findTopic(sandbox, name)
      if (!topic) return
      const subscriptions = await listSubscriptionsOf(sandbox, name)
      await sandbox.store.batch([{ collection: topics, scope: scopeOf(name), key: name.name }, ...subscriptions.flatMap((one) => writesOf(one, false))])
      await sandbox.store.clear(deduplications, topic.id)
    })
    return {}
  },
})
