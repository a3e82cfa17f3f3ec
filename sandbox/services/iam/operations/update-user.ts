import { UpdateUser$, type UpdateUserRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys } from '../../../credentials'
import { arnOf, change, entityArn, entityContext, requireEntity, requireFreeName, USER } from '../entities'
import { devicesOf } from '../mfa-devices'
import { mfaDevices, users, type User } from '../records'

/** Gives a user another name or path; keys, devices and policies stay. */
export const updateUser = operation<UpdateUserRequest, Record<string, never>>(UpdateUser$, {
  async resource(call) {
    const { account, input } = call
    const now = await entityArn(call, USER, input.UserName!)
    return input.NewUserName === undefined && input.NewPath === undefined ? now : [now, arnOf(account, 'user', input.NewPath, input.NewUserName ?? input.UserName!)]
  },
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const user = await requireEntity(sandbox, USER, account, input.UserName!)
      const name = input.NewUserName ?? user.userName
      if (name.toLowerCase() !== user.userName.toLowerCase()) await requireFreeName(sandbox, users, account, name, `User with name ${name} already exists.`)
      const path = input.NewPath ?? user.path
      const renamed: User = { ...user, userName: name, path, arn: arnOf(account, 'user', path, name) }
      const keys = await Promise.all(user.accessKeys.map((id) => sandbox.store.get(accessKeys, ALL, id)))
      const devices = await devicesOf(call, user.userName)
      await sandbox.store.batch([
        { collection: users, scope: account, key: user.userName },
        { collection: users, scope: account, key: name, value: renamed },
        ...devices.map((device) => ({ collection: mfaDevices, scope: account, key: device.arn, value: { ...device, userName: name } })),
        ...keys.filter((key) => key !== undefined).map((key) => ({ collection: accessKeys, scope: ALL, key: key.accessKeyId, value: { ...key, userName: name } })),
      ])
      return {}
    })
  },
})
