import { AddPermission$, OverLimit, type AddPermissionRequest } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { parsePolicy, statementsOf } from '../../iam/policy-document'
import { invalidParameter } from '../errors'
import { queueArn } from '../names'
import { named, onQueue } from '../on-queue'
import { changeQueue, nowSeconds } from '../queues'

const ACTIONS = ['*', 'SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues', 'PurgeQueue']
const MOST_ACTIONS = 7

/** Adds a statement to the queue's policy that lets accounts do things with it. */
export const addPermission = operation<AddPermissionRequest, object>(AddPermission$, {
  ...onQueue,
  async run(call) {
    const { Label, AWSAccountIds, Actions } = call.input
    if (!/^[\w-]{1,80}$/.test(Label!)) throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.`)
    const unknown = Actions!.find((action) => !ACTIONS.includes(action))
    if (unknown !== undefined) throw invalidParameter(`Value SQS:${unknown} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`)
    if (Actions!.length > MOST_ACTIONS) throw new OverLimit({ message: `${Actions!.length} Actions were found, maximum allowed is ${MOST_ACTIONS}.`, $metadata: {} })
    const badAccount = AWSAccountIds!.find((id) => !/^\d{12}$/.test(id))
    if (badAccount !== undefined) throw invalidParameter(`Value [${badAccount}] for parameter PrincipalId is invalid. Reason: Unable to verify.`)
    await changeQueue(call.sandbox, named(call), (queue) => {
      const before = queue.attributes.Policy ? parsePolicy(queue.attributes.Policy) : { Version: '2012-10-17', Id: `${queueArn(queue)}/SQSDefaultPolicy`, Statement: [] }
      if (statementsOf(before).some(({ Sid }) => Sid === Label)) throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: Already exists.`)
      const principals = AWSAccountIds!.map((id) => `arn:aws:iam::${id}:root`)
      const statement = { Sid: Label, Effect: 'Allow', Principal: { AWS: oneOrAll(principals) }, Action: oneOrAll(Actions!.map((action) => `SQS:${action}`)), Resource: queueArn(queue) }
      queue.attributes = { ...queue.attributes, Policy: JSON.stringify({ ...before, Statement: [...statementsOf(before), statement] }) }
      queue.modifiedAt = nowSeconds(call.sandbox)
    })
    return {}
  },
})

function oneOrAll(list: string[]): string | string[] {
  return list.length === 1 ? list[0]! : list
}
