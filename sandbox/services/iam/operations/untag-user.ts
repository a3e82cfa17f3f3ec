import { UntagUser$, type UntagUserRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, USER } from '../entities'

/** Takes tags off a user. */
export const untagUser = operation<UntagUserRequest, Record<string, never>>(UntagUser$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({ ...(await entityContext(call, USER, call.input.UserName!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editEntity(call, USER, call.input.UserName!, (entity) => {
      entity.tags = entity.tags.filter(({ Key }) => !call.input.TagKeys!.includes(Key))
    })
    return {}
  },
})
