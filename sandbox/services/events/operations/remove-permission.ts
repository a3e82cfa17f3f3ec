import { RemovePermission$, type RemovePermissionRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { parsePolicy, statementsOf } from '../../iam/policy-document'
import { changeBus } from '../buses'
import { invalid, notFound } from '../errors'
import { parseBus } from '../names'

/** Takes a statement out of a bus's policy, or all of it. */
export const removePermission = operation<RemovePermissionRequest, object>(RemovePermission$, {
  resource: () => '*',
  async run(call) {
    const { StatementId, RemoveAllPermissions } = call.input
    if (StatementId === undefined && !RemoveAllPermissions) throw invalid('Parameter StatementId must be specified, or RemoveAllPermissions.')
    await changeBus(call.sandbox, parseBus(call, call.input.EventBusName), (bus) => {
      const document = bus.policy === undefined ? undefined : parsePolicy(bus.policy)
      const before = document ? statementsOf(document) : []
      const rest = RemoveAllPermissions ? [] : before.filter(({ Sid }) => Sid !== StatementId)
      if (!RemoveAllPermissions && rest.length === before.length) throw notFound(document ? 'Statement with the provided id does not exist.' : 'EventBus does not have a policy.')
      if (rest.length > 0) bus.policy = JSON.stringify({ ...document, Statement: rest })
      else delete bus.policy
    })
    return {}
  },
})
