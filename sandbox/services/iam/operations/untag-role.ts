import { UntagRole$, type UntagRoleRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, ROLE } from '../entities'

/** Takes tags off a role. */
export const untagRole = operation<UntagRoleRequest, Record<string, never>>(UntagRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: async (call) => ({ ...(await entityContext(call, ROLE, call.input.RoleName!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editEntity(call, ROLE, call.input.RoleName!, (entity) => {
      entity.tags = entity.tags.filter(({ Key }) => !call.input.TagKeys!.includes(Key))
    })
    return {}
  },
})
