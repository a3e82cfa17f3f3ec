import { randomUUID } from 'node:crypto'
import { RemoveLayerVersionPermission$, type RemoveLayerVersionPermissionRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkRevision, notFound } from '../errors'
import { changeLayer, namedLayerVersion, onLayerVersion, requireLayerVersion, versionOf } from '../layers'

/** Takes a statement out of a layer version's policy. */
export const removeLayerVersionPermission = operation<RemoveLayerVersionPermissionRequest, object>(RemoveLayerVersionPermission$, {
  resource: onLayerVersion.resource,
  async run(call) {
    const { StatementId, RevisionId } = call.input
    const { layer, version: number } = namedLayerVersion(call)
    await requireLayerVersion(call.sandbox, layer, number)
    await changeLayer(call.sandbox, layer, (record) => {
      const version = versionOf(record, number)
      if (!version.policy) throw notFound('No policy is associated with the given resource.')
      const statements = version.policy.statements.filter(({ Sid }) => Sid !== StatementId)
      if (statements.length === version.policy.statements.length) throw notFound(`Statement ${StatementId} is not found in resource policy.`)
      checkRevision(RevisionId, version.policy.revisionId, 'GetLayerVersionPolicy')
      if (statements.length === 0) delete version.policy
      else version.policy = { revisionId: randomUUID(), statements }
    })
    return {}
  },
})
