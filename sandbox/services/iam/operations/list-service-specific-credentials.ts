import { ListServiceSpecificCredentials$, type ListServiceSpecificCredentialsRequest, type ListServiceSpecificCredentialsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { page } from '../page'
import { users } from '../records'
import { requireSupported, shownServiceCredential } from '../service-credentials'

/** The credentials for single services of a user (the caller where none is named), or of all users. */
export const listServiceSpecificCredentials = operation<ListServiceSpecificCredentialsRequest, ListServiceSpecificCredentialsResponse>(ListServiceSpecificCredentials$, {
  resource: (call) => (call.input.AllUsers ? `arn:aws:iam::${call.account}:user/*` : call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run({ sandbox, account, principal, input }) {
    if (input.ServiceName !== undefined) requireSupported(input.ServiceName)
    const of = input.AllUsers ? (await sandbox.store.list(users, account)).map(({ value }) => value) : [await requireEntity(sandbox, USER, account, input.UserName ?? callingUser(principal))]
    const all = of.flatMap((user) => (user.serviceCredentials ?? []).map((credential) => shownServiceCredential(user.userName, credential)))
    const found = all.filter(({ ServiceName }) => input.ServiceName === undefined || ServiceName === input.ServiceName).sort((a, b) => (a.ServiceSpecificCredentialId! < b.ServiceSpecificCredentialId! ? -1 : 1))
    const { items, ...paging } = page(found, ({ ServiceSpecificCredentialId }) => ServiceSpecificCredentialId!, input)
    return { ServiceSpecificCredentials: items, ...paging }
  },
})
