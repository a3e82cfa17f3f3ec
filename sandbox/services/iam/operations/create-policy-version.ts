import { CreatePolicyVersion$, type CreatePolicyVersionRequest, type CreatePolicyVersionResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { overLimit } from '../entities'
import { editPolicy, policyContext, requirePolicySize } from '../managed-policies'
import { validateIdentityPolicy } from '../validate-policy'

const MOST_VERSIONS = 5

/** Adds a version to a managed policy, in force at once where it is set as default. */
export const createPolicyVersion = operation<CreatePolicyVersionRequest, CreatePolicyVersionResponse>(CreatePolicyVersion$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { input, sandbox } = call
    validateIdentityPolicy(input.PolicyDocument!)
    requirePolicySize(input.PolicyDocument!)
    const policy = await editPolicy(call, input.PolicyArn!, (policy) => {
      if (policy.versions.length >= MOST_VERSIONS) {
        throw overLimit(`A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`)
      }
      policy.lastVersion += 1
      const id = `v${policy.lastVersion}`
      policy.versions.push({ id, document: input.PolicyDocument!, createdAt: new Date(sandbox.now()).toISOString() })
      if (input.SetAsDefault) policy.defaultVersion = id
    })
    const version = policy.versions.at(-1)!
    return { PolicyVersion: { VersionId: version.id, IsDefaultVersion: version.id === policy.defaultVersion, CreateDate: new Date(version.createdAt) } }
  },
})
