import { TagRole$, type TagRoleRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, mergeTags, requestTags, ROLE } from '../entities'

/** Puts tags on a role. */
export const tagRole = operation<TagRoleRequest, Record<string, never>>(TagRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: async (call) => ({ ...(await entityContext(call, ROLE, call.input.RoleName!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editEntity(call, ROLE, call.input.RoleName!, (entity) => {
      entity.tags = mergeTags(entity.tags, call.input.Tags!)
    })
    return {}
  },
})
