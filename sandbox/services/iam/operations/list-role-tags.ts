import { ListRoleTags$, type ListRoleTagsRequest, type ListRoleTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, ROLE } from '../entities'
import { pageOfTags } from '../page'

/** The tags of a role. */
export const listRoleTags = operation<ListRoleTagsRequest, ListRoleTagsResponse>(ListRoleTags$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const entity = await requireEntity(call.sandbox, ROLE, call.account, call.input.RoleName!)
    return pageOfTags(entity.tags, call.input)
  },
})
