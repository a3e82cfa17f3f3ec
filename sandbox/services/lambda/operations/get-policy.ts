import { GetPolicy$, type GetPolicyRequest, type GetPolicyResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { notFound } from '../errors'
import { requireFunction, resolveQualifier } from '../functions'
import { named, onQualified } from '../on-function'
import { policyDocument, policyKey } from '../policy'

/** Tells the resource policy of a function, version or alias. */
export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse>(GetPolicy$, {
  ...onQualified,
  async run(call) {
    const name = named(call)
    const record = await requireFunction(call.sandbox, name)
    resolveQualifier(record, name)
    const document = policyDocument(record, name.qualifier)
    if (!document) throw notFound('The resource you requested does not exist.')
    return { Policy: JSON.stringify(document), RevisionId: record.policies[policyKey(name.qualifier)]!.revisionId }
  },
})
