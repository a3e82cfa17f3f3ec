import { PutUserPermissionsBoundary$, type PutUserPermissionsBoundaryRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { putBoundary } from '../entity-policies'

/** Bounds what a user can be allowed by a managed policy. */
export const putUserPermissionsBoundary = operation<PutUserPermissionsBoundaryRequest, Record<string, never>>(PutUserPermissionsBoundary$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({ ...(await entityContext(call, USER, call.input.UserName!)), 'iam:PermissionsBoundary': call.input.PermissionsBoundary! }),
  async run(call) {
    await putBoundary(call, USER, call.input.UserName!, call.input.PermissionsBoundary!)
    return {}
  },
})
