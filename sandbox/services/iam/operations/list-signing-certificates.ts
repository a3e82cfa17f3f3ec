import { ListSigningCertificates$, type ListSigningCertificatesRequest, type ListSigningCertificatesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { page } from '../page'
import { shownSigningCertificate } from '../signing-certificates'

/** The X.509 certificates of a user, the caller where none is named. */
export const listSigningCertificates = operation<ListSigningCertificatesRequest, ListSigningCertificatesResponse>(ListSigningCertificates$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run({ sandbox, account, principal, input }) {
    const user = await requireEntity(sandbox, USER, account, input.UserName ?? callingUser(principal))
    const sorted = [...(user.signingCertificates ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
    const { items, ...paging } = page(sorted, ({ id }) => id, input)
    return { Certificates: items.map((certificate) => shownSigningCertificate(user.userName, certificate)), ...paging }
  },
})
