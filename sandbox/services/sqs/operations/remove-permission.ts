import { RemovePermission$, type RemovePermissionRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { parsePolicy, statementsOf } from '../../iam/policy-document'
import { invalidParameter } from '../errors'
import { named, onQueue } from '../on-queue'
import { changeQueue, nowSeconds } from '../queues'

/** Takes a statement out of the queue's policy; the last one takes the policy along. */
export const removePermission = operation<RemovePermissionRequest, object>(RemovePermission$, {
  ...onQueue,
  async run(call) {
    const { Label } = call.input
    await changeQueue(call.sandbox, named(call), (queue) => {
      const { Policy, ...others } = queue.attributes
      const document = Policy === undefined ? undefined : parsePolicy(Policy)
      const statements = document ? statementsOf(document) : []
      const left = statements.filter(({ Sid }) => Sid !== Label)
      if (left.length === statements.length) throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: can't find label.`)
      queue.attributes = left.length === 0 ? others : { ...others, Policy: JSON.stringify({ ...document, Statement: left }) }
      queue.modifiedAt = nowSeconds(call.sandbox)
    })
    return {}
  },
})
