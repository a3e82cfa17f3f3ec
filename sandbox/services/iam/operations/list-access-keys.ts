import { ListAccessKeys$, type ListAccessKeysRequest, type ListAccessKeysResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys } from '../../../credentials'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { page } from '../page'
import { shownAccessKey } from '../shapes'

/** The access keys of a user, without their secrets. */
export const listAccessKeys = operation<ListAccessKeysRequest, ListAccessKeysResponse>(ListAccessKeys$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, account, input } = call
    const user = await requireEntity(sandbox, USER, account, input.UserName ?? callingUser(call.principal))
    const keys = (await Promise.all(user.accessKeys.map((id) => sandbox.store.get(accessKeys, ALL, id)))).filter((key) => key !== undefined)
    const { items, ...paging } = page(keys.sort((a, b) => (a.accessKeyId < b.accessKeyId ? -1 : 1)), ({ accessKeyId }) => accessKeyId, input)
    return { AccessKeyMetadata: items.map(shownAccessKey), ...paging }
  },
})
