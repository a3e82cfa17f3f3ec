import { CreateAccessKey$, type CreateAccessKeyRequest, type CreateAccessKeyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys, secretKey, uniqueId, type AccessKey } from '../../../credentials'
import { callingUser, userContext } from '../calling-user'
import { change, entityArn, requireEntity, USER } from '../entities'
import { requireRoom } from '../quotas'
import { users } from '../records'
import { shownAccessKey } from '../shapes'

/** Makes an access key of a user, the caller's own where none is named. The secret is shown this once. */
export const createAccessKey = operation<CreateAccessKeyRequest, CreateAccessKeyResponse>(CreateAccessKey$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, account } = call
    const name = call.input.UserName ?? callingUser(call.principal)
    return change(call, async () => {
      const user = await requireEntity(sandbox, USER, account, name)
      requireRoom('AccessKeysPerUser', user.accessKeys.length)
      const key: AccessKey = {
        accessKeyId: uniqueId('AKIA'),
        secretAccessKey: secretKey(),
        account,
        userName: user.userName,
        status: 'Active',
        createdAt: new Date(sandbox.now()).toISOString(),
      }
      await sandbox.store.batch([
        { collection: accessKeys, scope: ALL, key: key.accessKeyId, value: key },
        { collection: users, scope: account, key: user.userName, value: { ...user, accessKeys: [...user.accessKeys, key.accessKeyId] } },
      ])
      return { AccessKey: { ...shownAccessKey(key), SecretAccessKey: key.secretAccessKey } as never }
    })
  },
})
