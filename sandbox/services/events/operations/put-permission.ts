import { PolicyLengthExceededException, PutPermission$, type PutPermissionRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { parsePolicy, statementsOf } from '../../iam/policy-document'
import { changeBus } from '../buses'
import { invalid } from '../errors'
import { busArn, parseBus } from '../names'

/** Bytes (EventBridge quotas, "Event bus policy"). */
const LONGEST_POLICY = 10_240

/** Lets others put events on a bus: a statement for an account, or the whole policy. */
export const putPermission = operation<PutPermissionRequest, object>(PutPermission$, {
  resource: () => '*',
  async run(call) {
    const { Action, Principal, StatementId, Condition, Policy } = call.input
    const name = parseBus(call, call.input.EventBusName)
    if (Policy !== undefined && [Action, Principal, StatementId, Condition].some((one) => one !== undefined)) throw invalid('Parameter Policy cannot be combined with Action, Principal, StatementId or Condition.')
    if (Policy === undefined && (Action === undefined || Principal === undefined || StatementId === undefined)) throw invalid('Parameters Action, Principal and StatementId must be specified, or Policy.')
    if (Action !== undefined && Action !== 'events:PutEvents') throw invalid(`Provided value in parameter 'action' is not supported.`)
    if (Principal !== undefined && !/^(\*|\d{12})$/.test(Principal)) throw invalid(`Provided value in parameter 'principal' is not valid.`)
    await changeBus(call.sandbox, name, (bus) => {
      const before = bus.policy === undefined ? [] : statementsOf(parsePolicy(bus.policy))
      const statement = {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action,
        Resource: busArn(bus),
        ...(Condition ? { Condition: { [Condition.Type!]: { [Condition.Key!]: Condition.Value! } } } : {}),
      }
      const policy = Policy ?? JSON.stringify({ Version: '2012-10-17', Statement: [...before.filter(({ Sid }) => Sid !== StatementId), statement] })
      if (Buffer.byteLength(policy) > LONGEST_POLICY) throw new PolicyLengthExceededException({ message: `The event bus policy is longer than ${LONGEST_POLICY} characters.`, $metadata: {} })
      bus.policy = checked(policy)
    })
    return {}
  },
})

function checked(policy: string): string {
  try {
    if (statementsOf(parsePolicy(policy)).length > 0) return policy
  } catch {
    // Told below.
  }
  throw invalid('The policy is not a policy document with statements.')
}
