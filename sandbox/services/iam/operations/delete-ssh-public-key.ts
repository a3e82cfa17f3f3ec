import { DeleteSSHPublicKey$, type DeleteSSHPublicKeyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, USER } from '../entities'
import { requireSshKey } from '../ssh-public-keys'

/** Deletes an SSH public key of a user. */
export const deleteSshPublicKey = operation<DeleteSSHPublicKeyRequest, Record<string, never>>(DeleteSSHPublicKey$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    await editEntity(call, USER, call.input.UserName!, (user) => {
      const { id } = requireSshKey(user, call.input.SSHPublicKeyId!)
      user.sshKeys = user.sshKeys!.filter((one) => one.id !== id)
    })
    return {}
  },
})
