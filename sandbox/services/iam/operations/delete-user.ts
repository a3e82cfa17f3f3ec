import { DeleteUser$, type DeleteUserRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict, entityArn, entityContext, requireEntity, USER } from '../entities'
import { devicesOf } from '../mfa-devices'
import { users } from '../records'

/** Deletes a user that has no credentials, MFA devices, policies and groups left. */
export const deleteUser = operation<DeleteUserRequest, Record<string, never>>(DeleteUser$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const user = await requireEntity(sandbox, USER, account, input.UserName!)
      if (user.accessKeys.length > 0) throw conflict('Cannot delete entity, must delete access keys first.')
      if ((await devicesOf(call, user.userName)).length > 0) throw conflict('Cannot delete entity, must delete MFA device first.')
      if (user.signingCertificates?.length) throw conflict('Cannot delete entity, must delete signing certificates first.')
      if (user.sshKeys?.length) throw conflict('Cannot delete entity, must delete SSH public keys first.')
      if (user.serviceCredentials?.length) throw conflict('Cannot delete entity, must remove service specific credentials first.')
      if (user.login) throw conflict('Cannot delete entity, must delete login profile first.')
      if (user.groups?.length) throw conflict('Cannot delete entity, must remove users from group first.')
      if (user.attached.length > 0) throw conflict('Cannot delete entity, must detach all policies first.')
      if (Object.keys(user.inline).length > 0) throw conflict('Cannot delete entity, must delete policies first.')
      await sandbox.store.delete(users, account, user.userName)
      return {}
    })
  },
})
