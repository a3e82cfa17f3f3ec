import { randomUUID } from 'node:crypto'
import { AddPermission$, PolicyLengthExceededException, type AddPermissionRequest, type AddPermissionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkRevision, conflict, invalid } from '../errors'
import { changeFunction, resolveQualifier } from '../functions'
import { functionArn } from '../names'
import { named, onQualified } from '../on-function'
import { policyKey } from '../policy'
import type { PolicyStatement } from '../records'

const LARGEST_POLICY = 20_480

/** Adds a statement to the resource policy of a function, version or alias. */
export const addPermission = operation<AddPermissionRequest, AddPermissionResponse>(AddPermission$, {
  ...onQualified,
  async context(call) {
    const { Principal, FunctionUrlAuthType } = call.input
    return { ...(await onQualified.context!(call)), 'lambda:Principal': Principal!, ...(FunctionUrlAuthType ? { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } : {}) }
  },
  async run(call) {
    const { input } = call
    const name = named(call)
    if (name.qualifier === '$LATEST') throw invalid('We currently do not support adding policies for $LATEST.')
    return changeFunction(call.sandbox, name, (record) => {
      resolveQualifier(record, name)
      const key = policyKey(name.qualifier)
      const policy = Object.hasOwn(record.policies, key) ? record.policies[key] : undefined
      checkRevision(input.RevisionId, policy?.revisionId ?? record.latest.revisionId, 'GetPolicy')
      if (policy?.statements.some(({ Sid }) => Sid === input.StatementId)) {
        throw conflict(`The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`)
      }
      const statement = statementOf(input, functionArn(name))
      const statements = [...(policy?.statements ?? []), statement]
      const size = Buffer.byteLength(JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }))
      if (size > LARGEST_POLICY) {
        throw new PolicyLengthExceededException({ message: `The final policy size (${size}) is bigger than the limit (${LARGEST_POLICY}).`, Type: 'User', $metadata: {} })
      }
      // Not by assignment: an alias may be called __proto__.
      record.policies = { ...record.policies, [key]: { revisionId: randomUUID(), statements } }
      return { Statement: JSON.stringify(statement) }
    })
  },
})

/** The parameters as one IAM statement (Lambda developer guide, "Using resource-based IAM policies in Lambda"). */
function statementOf(input: AddPermissionRequest, resource: string): PolicyStatement {
  if (input.FunctionUrlAuthType !== undefined && input.Action !== 'lambda:InvokeFunctionUrl') {
    throw invalid('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action')
  }
  const equals = {
    ...(input.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.EventSourceToken === undefined ? {} : { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.FunctionUrlAuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
  }
  const condition = {
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.InvokedViaFunctionUrl === undefined ? {} : { Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) } }),
  }
  return {
    Sid: input.StatementId!,
    Effect: 'Allow',
    Principal: principalOf(input.Principal!),
    Action: input.Action!,
    Resource: resource,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  }
}

function principalOf(given: string): string | Record<string, string> {
  if (given === '*') return '*'
  if (/^\d{12}$/.test(given)) return { AWS: `arn:aws:iam::${given}:root` }
  if (/^arn:aws[\w-]*:(iam|sts)::\d{12}:(root|user\/.+|role\/.+|assumed-role\/.+|federated-user\/.+)$/.test(given)) return { AWS: given }
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws|amazon)\.com(\.cn)?$/.test(given)) return { Service: given }
  throw invalid('The provided principal was invalid. Please check the principal and try again.')
}
