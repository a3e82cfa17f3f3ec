import { AddPermission$, type AddPermissionInput } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { statementsOf } from '../../iam/policy-document'
import { invalid } from '../errors'
import { topicArn } from '../names'
import { named, onTopic } from '../on-topic'
import { checkActions, policyOf } from '../topic-policy'
import { changeTopic } from '../topics'

/** Adds a statement to the topic's policy that lets accounts do things with it. */
export const addPermission = operation<AddPermissionInput, object>(AddPermission$, {
  ...onTopic,
  async run(call) {
    const { Label, AWSAccountId, ActionName } = call.input
    const name = named(call)
    const badAccount = AWSAccountId!.find((id) => !/^\d{12}$/.test(id))
    if (badAccount !== undefined || AWSAccountId!.length === 0) throw invalid(`AWSAccountId Reason: [${badAccount ?? ''}] is not an account id`)
    const actions = ActionName!.map((action) => `SNS:${action}`)
    checkActions(actions)
    await changeTopic(call.sandbox, name, (topic) => {
      const before = policyOf(topic)
      if (statementsOf(before).some(({ Sid }) => Sid === Label)) throw invalid('Statement already exists')
      const principals = AWSAccountId!.map((id) => `arn:aws:iam::${id}:root`)
      const statement = { Sid: Label, Effect: 'Allow', Principal: { AWS: oneOrAll(principals) }, Action: oneOrAll(actions), Resource: topicArn(name) }
      topic.attributes = { ...topic.attributes, Policy: JSON.stringify({ ...before, Statement: [...statementsOf(before), statement] }) }
    })
    return {}
  },
})

function oneOrAll(list: string[]): string | string[] {
  return list.length === 1 ? list[0]! : list
}
