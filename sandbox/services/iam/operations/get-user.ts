import { GetUser$, type GetUserRequest, type GetUserResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { accounts } from '../../../accounts'
import { ALL } from '../../../credentials'
import { callingUser } from '../calling-user'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { shownUserInFull } from '../shapes'

/** A user by name, or the caller where none is named. */
export const getUser = operation<GetUserRequest, GetUserResponse>(GetUser$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  async context(call) {
    const name = call.input.UserName ?? call.principal.name
    return name === undefined ? {} : entityContext(call, USER, name)
  },
  async run({ sandbox, account, principal, input }) {
    if (input.UserName === undefined && principal.type === 'Root') {
      const born = await sandbox.store.get(accounts, ALL, account)
      // Root is a user without name and path.
      return { User: { UserId: account, Arn: principal.arn, CreateDate: new Date(born?.createdAt ?? 0) } as never }
    }
    const name = input.UserName ?? callingUser(principal)
    return { User: shownUserInFull(await requireEntity(sandbox, USER, account, name)) }
  },
})
