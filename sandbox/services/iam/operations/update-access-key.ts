import { UpdateAccessKey$, type UpdateAccessKeyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys } from '../../../credentials'
import { callingUser, requireKey, userContext } from '../calling-user'
import { readStatus } from '../credential-status'
import { change, entityArn, requireEntity, USER } from '../entities'

/** Switches an access key off or on; a call with a key that is off is refused at once. */
export const updateAccessKey = operation<UpdateAccessKeyRequest, Record<string, never>>(UpdateAccessKey$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, account, input } = call
    const status = readStatus(input.Status!)
    const name = input.UserName ?? callingUser(call.principal)
    return change(call, async () => {
      const user = await requireEntity(sandbox, USER, account, name)
      requireKey(user, input.AccessKeyId!)
      // "Last used" is written under this lock too; neither write may undo the other.
      await sandbox.store.lock(`access-key ${input.AccessKeyId}`, async () => {
        const key = await sandbox.store.get(accessKeys, ALL, input.AccessKeyId!)
        await sandbox.store.put(accessKeys, ALL, key!.accessKeyId, { ...key!, status })
      })
      return {}
    })
  },
})
