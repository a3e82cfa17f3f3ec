import { TagUser$, type TagUserRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, mergeTags, requestTags, USER } from '../entities'

/** Puts tags on a user. */
export const tagUser = operation<TagUserRequest, Record<string, never>>(TagUser$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({ ...(await entityContext(call, USER, call.input.UserName!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editEntity(call, USER, call.input.UserName!, (entity) => {
      entity.tags = mergeTags(entity.tags, call.input.Tags!)
    })
    return {}
  },
})
