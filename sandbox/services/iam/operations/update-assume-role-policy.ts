import { UpdateAssumeRolePolicy$, type UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, ROLE } from '../entities'
import { requireTrustSize } from '../trust-policy'
import { validateTrustPolicy } from '../validate-policy'

/** Replaces the trust policy of a role: who can assume it. */
export const updateAssumeRolePolicy = operation<UpdateAssumeRolePolicyRequest, Record<string, never>>(UpdateAssumeRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const text = call.input.PolicyDocument!
    await validateTrustPolicy(call.sandbox, text)
    requireTrustSize(text)
    await editEntity(call, ROLE, call.input.RoleName!, (role) => {
      role.trustPolicy = text
    })
    return {}
  },
})
