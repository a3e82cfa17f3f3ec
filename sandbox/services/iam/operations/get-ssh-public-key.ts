import { GetSSHPublicKey$, type GetSSHPublicKeyRequest, type GetSSHPublicKeyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { encoded, requireSshKey, shownSshKey } from '../ssh-public-keys'

/** An SSH public key of a user, in the encoding that is asked. */
export const getSshPublicKey = operation<GetSSHPublicKeyRequest, GetSSHPublicKeyResponse>(GetSSHPublicKey$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run({ sandbox, account, input }) {
    const user = await requireEntity(sandbox, USER, account, input.UserName!)
    const key = requireSshKey(user, input.SSHPublicKeyId!)
    return { SSHPublicKey: shownSshKey(user.userName, key, encoded(key.body, input.Encoding!)) }
  },
})
