import { GetPolicyVersion$, type GetPolicyVersionRequest, type GetPolicyVersionResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { notFound } from '../entities'
import { policyContext, requirePolicy, versionsOf } from '../managed-policies'
import { encodeDocument } from '../shapes'

/** A version of a managed policy with its document, URL-encoded. */
export const getPolicyVersion = operation<GetPolicyVersionRequest, GetPolicyVersionResponse>(GetPolicyVersion$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const policy = await requirePolicy(call, call.input.PolicyArn!)
    const version = versionsOf(policy).find(({ id }) => id === call.input.VersionId)
    if (!version) throw notFound(`Policy ${policy.arn} version ${call.input.VersionId} does not exist or is not attachable.`)
    return {
      PolicyVersion: {
        Document: encodeDocument(version.document),
        VersionId: version.id,
        IsDefaultVersion: version.id === policy.defaultVersion,
        CreateDate: new Date(version.createdAt),
      },
    }
  },
})
