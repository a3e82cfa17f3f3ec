import { ListSSHPublicKeys$, type ListSSHPublicKeysRequest, type ListSSHPublicKeysResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { page } from '../page'

/** The SSH public keys of a user, the caller where none is named, without their bodies. */
export const listSshPublicKeys = operation<ListSSHPublicKeysRequest, ListSSHPublicKeysResponse>(ListSSHPublicKeys$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run({ sandbox, account, principal, input }) {
    const user = await requireEntity(sandbox, USER, account, input.UserName ?? callingUser(principal))
    const keys = [...(user.sshKeys ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
    const { items, ...paging } = page(keys, ({ id }) => id, input)
    return { SSHPublicKeys: items.map(({ id, status, uploadedAt }) => ({ UserName: user.userName, SSHPublicKeyId: id, Status: status, UploadDate: new Date(uploadedAt) })), ...paging }
  },
})
