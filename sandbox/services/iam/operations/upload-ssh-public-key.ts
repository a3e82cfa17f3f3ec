import { UploadSSHPublicKey$, type UploadSSHPublicKeyRequest, type UploadSSHPublicKeyResponse, DuplicateSSHPublicKeyException } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { editEntity, entityArn, entityContext, USER } from '../entities'
import { requireRoom } from '../quotas'
import { type SshPublicKey } from '../records'
import { fingerprintOf, readPublicKey, shownSshKey } from '../ssh-public-keys'

/** Keeps an SSH public key of a user. */
export const uploadSshPublicKey = operation<UploadSSHPublicKeyRequest, UploadSSHPublicKeyResponse>(UploadSSHPublicKey$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { sandbox, input } = call
    const fingerprint = fingerprintOf(readPublicKey(input.SSHPublicKeyBody!))
    const key: SshPublicKey = { id: uniqueId('APKA'), body: input.SSHPublicKeyBody!, fingerprint, status: 'Active', uploadedAt: new Date(sandbox.now()).toISOString() }
    const { userName } = await editEntity(call, USER, input.UserName!, (user) => {
      const before = user.sshKeys ?? []
      if (before.some((one) => one.fingerprint === fingerprint)) throw new DuplicateSSHPublicKeyException({ message: 'The SSH public key is already associated with the specified IAM user.', $metadata: {} })
      requireRoom('SSHPublicKeysPerUser', before.length)
      user.sshKeys = [...before, key]
    })
    return { SSHPublicKey: shownSshKey(userName, key) }
  },
})
