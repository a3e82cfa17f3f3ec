import { randomUUID } from 'node:crypto'
import { AddLayerVersionPermission$, PolicyLengthExceededException, type AddLayerVersionPermissionRequest, type AddLayerVersionPermissionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkRevision, conflict, invalid } from '../errors'
import { changeLayer, layerVersionArn, namedLayerVersion, onLayerVersion, requireLayerVersion, versionOf } from '../layers'
import type { PolicyStatement } from '../records'

const LARGEST_POLICY = 20_480

/** Lets another account, an organization or everyone use a layer version. */
export const addLayerVersionPermission = operation<AddLayerVersionPermissionRequest, AddLayerVersionPermissionResponse>(AddLayerVersionPermission$, {
  resource: onLayerVersion.resource,
  async run(call) {
    const { input, sandbox } = call
    const { layer, version: number } = namedLayerVersion(call)
    if (input.OrganizationId !== undefined && input.Principal !== '*') throw invalid('OrganizationId needs the principal *.')
    await requireLayerVersion(sandbox, layer, number)
    return changeLayer(sandbox, layer, (record) => {
      const version = versionOf(record, number)
      checkRevision(input.RevisionId, version.policy?.revisionId, 'GetLayerVersionPolicy')
      const before = version.policy?.statements ?? []
      if (before.some(({ Sid }) => Sid === input.StatementId)) {
        throw conflict(`The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`)
      }
      const statement: PolicyStatement = {
        Sid: input.StatementId!,
        Effect: 'Allow',
        Principal: principalOf(input.Principal!),
        Action: input.Action!,
        Resource: layerVersionArn(layer, number),
        ...(input.OrganizationId === undefined ? {} : { Condition: { StringEquals: { 'aws:PrincipalOrgID': input.OrganizationId } } }),
      }
      const statements = [...before, statement]
      const size = Buffer.byteLength(JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }))
      if (size > LARGEST_POLICY) {
        throw new PolicyLengthExceededException({ message: `The final policy size (${size}) is bigger than the limit (${LARGEST_POLICY}).`, Type: 'User', $metadata: {} })
      }
      const revisionId = randomUUID()
      version.policy = { revisionId, statements }
      return { Statement: JSON.stringify(statement), RevisionId: revisionId }
    })
  },
})

function principalOf(given: string): string | { AWS: string } {
  if (given === '*') return '*'
  return { AWS: given.startsWith('arn:') ? given : `arn:aws:iam::${given}:root` }
}
