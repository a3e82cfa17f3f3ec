import { PutRolePermissionsBoundary$, type PutRolePermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { putBoundary } from '../entity-policies'

/** Bounds what a role can be allowed by a managed policy. */
export const putRolePermissionsBoundary = operation<PutRolePermissionsBoundaryRequest, Record<string, never>>(PutRolePermissionsBoundary$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: async (call) => ({ ...(await entityContext(call, ROLE, call.input.RoleName!)), 'iam:PermissionsBoundary': call.input.PermissionsBoundary! }),
  async run(call) {
    await putBoundary(call, ROLE, call.input.RoleName!, call.input.PermissionsBoundary!)
    return {}
  },
})
