import { SetTopicAttributes$, type SetTopicAttributesInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { named, onTopic } from '../on-topic'
import { changedAttributes } from '../topic-attributes'
import { changeTopic } from '../topics'

/** Sets one attribute of a topic; without a value it is as it was in the beginning. */
export const setTopicAttributes = operation<SetTopicAttributesInput, object>(SetTopicAttributes$, {
  ...onTopic,
  async run(call) {
    const name = named(call)
    const { AttributeName, AttributeValue = '' } = call.input
    await changeTopic(call.sandbox, name, (topic) => {
      topic.attributes = changedAttributes(name, topic.attributes, { [AttributeName!]: AttributeValue }, false)
    })
    return {}
  },
})
