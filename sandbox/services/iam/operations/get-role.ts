import { GetRole$, type GetRoleRequest, type GetRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, ROLE } from '../entities'
import { shownRoleInFull } from '../shapes'

/** A role with its trust policy, tags, boundary and last use. */
export const getRole = operation<GetRoleRequest, GetRoleResponse>(GetRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    return { Role: shownRoleInFull(await requireEntity(call.sandbox, ROLE, call.account, call.input.RoleName!)) }
  },
})
