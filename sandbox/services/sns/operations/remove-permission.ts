import { RemovePermission$, type RemovePermissionInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { statementsOf } from '../../iam/policy-document'
import { named, onTopic } from '../on-topic'
import { policyOf } from '../topic-policy'
import { changeTopic } from '../topics'

/** Takes a statement out of the topic's policy; one that is not there is no mistake. */
export const removePermission = operation<RemovePermissionInput, object>(RemovePermission$, {
  ...onTopic,
  async run(call) {
    await changeTopic(call.sandbox, named(call), (topic) => {
      const before = policyOf(topic)
      const left = statementsOf(before).filter(({ Sid }) => Sid !== call.input.Label)
      if (left.length < statementsOf(before).length) topic.attributes = { ...topic.attributes, Policy: JSON.stringify({ ...before, Statement: left }) }
    })
    return {}
  },
})
