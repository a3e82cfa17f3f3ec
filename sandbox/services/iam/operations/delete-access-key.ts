import { DeleteAccessKey$, type DeleteAccessKeyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys } from '../../../credentials'
import { callingUser, requireKey, userContext } from '../calling-user'
import { change, entityArn, requireEntity, USER } from '../entities'
import { users } from '../records'

/** Deletes an access key; a call with it is refused at once. */
export const deleteAccessKey = operation<DeleteAccessKeyRequest, Record<string, never>>(DeleteAccessKey$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, account, input } = call
    const name = input.UserName ?? callingUser(call.principal)
    return change(call, async () => {
      const user = await requireEntity(sandbox, USER, account, name)
      requireKey(user, input.AccessKeyId!)
      await sandbox.store.lock(`access-key ${input.AccessKeyId}`, () =>
        sandbox.store.batch([
          { collection: accessKeys, scope: ALL, key: input.AccessKeyId! },
          { collection: users, scope: account, key: user.userName, value: { ...user, accessKeys: user.accessKeys.filter((id) => id !== input.AccessKeyId) } },
        ]),
      )
      return {}
    })
  },
})
