import { UpdateSSHPublicKey$, type UpdateSSHPublicKeyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { readStatus } from '../credential-status'
import { editEntity, entityArn, entityContext, USER } from '../entities'
import { requireSshKey } from '../ssh-public-keys'

/** Switches an SSH public key off or on. */
export const updateSshPublicKey = operation<UpdateSSHPublicKeyRequest, Record<string, never>>(UpdateSSHPublicKey$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { input } = call
    const status = readStatus(input.Status!)
    await editEntity(call, USER, input.UserName!, (user) => {
      requireSshKey(user, input.SSHPublicKeyId!).status = status
    })
    return {}
  },
})
