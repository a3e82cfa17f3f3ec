import { randomUUID } from 'node:crypto'
import { RemovePermission$, type RemovePermissionRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkRevision, notFound } from '../errors'
import { changeFunction, resolveQualifier } from '../functions'
import { named, onQualified } from '../on-function'
import { policyKey } from '../policy'

/** Takes a statement out of a resource policy. */
export const removePermission = operation<RemovePermissionRequest, object>(RemovePermission$, {
  ...onQualified,
  async run(call) {
    const { StatementId, RevisionId } = call.input
    const name = named(call)
    await changeFunction(call.sandbox, name, (record) => {
      resolveQualifier(record, name)
      const key = policyKey(name.qualifier)
      const policy = Object.hasOwn(record.policies, key) ? record.policies[key] : undefined
      if (!policy) throw notFound('No policy is associated with the given resource.')
      const statements = policy.statements.filter(({ Sid }) => Sid !== StatementId)
      if (statements.length === policy.statements.length) throw notFound(`Statement ${StatementId} is not found in resource policy.`)
      checkRevision(RevisionId, policy.revisionId, 'GetPolicy')
      if (statements.length === 0) delete record.policies[key]
      else record.policies = { ...record.policies, [key]: { revisionId: randomUUID(), statements } }
    })
    return {}
  },
})
