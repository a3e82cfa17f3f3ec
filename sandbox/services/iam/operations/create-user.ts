import { CreateUser$, type CreateUserRequest, type CreateUserResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, newTags, pathOf, requestTags, requireFreeName } from '../entities'
import { requireAttachable } from '../entity-policies'
import { users, type User } from '../records'
import { shownUserInFull } from '../shapes'

/** Makes a user, who can do nothing yet. */
export const createUser = operation<CreateUserRequest, CreateUserResponse>(CreateUser$, {
  resource: ({ account, input }) => arnOf(account, 'user', input.Path, input.UserName!),
  context: ({ input }) => ({
    ...requestTags(input.Tags),
    ...(input.PermissionsBoundary === undefined ? {} : { 'iam:PermissionsBoundary': input.PermissionsBoundary }),
  }),
  async run(call) {
    const { sandbox, account, input } = call
    const tags = await newTags(call, 'iam:TagUser', arnOf(account, 'user', input.Path, input.UserName!))
    return change(call, async () => {
      if (input.PermissionsBoundary !== undefined) await requireAttachable(call, input.PermissionsBoundary)
      await requireFreeName(sandbox, users, account, input.UserName!, `User with name ${input.UserName} already exists.`, 'UsersPerAccount')
      const user: User = {
        userName: input.UserName!,
        userId: uniqueId('AIDA'),
        path: pathOf(input.Path),
        arn: arnOf(account, 'user', input.Path, input.UserName!),
        createdAt: new Date(sandbox.now()).toISOString(),
        tags,
        inline: {},
        attached: [],
        ...(input.PermissionsBoundary === undefined ? {} : { boundary: input.PermissionsBoundary }),
        accessKeys: [],
      }
      await sandbox.store.put(users, account, user.userName, user)
      return { User: shownUserInFull(user) }
    })
  },
})
