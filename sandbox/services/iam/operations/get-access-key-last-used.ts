import { GetAccessKeyLastUsed$, type GetAccessKeyLastUsedRequest, type GetAccessKeyLastUsedResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { ALL, accessKeys } from '../../../credentials'
import { entityArn, notFound, USER } from '../entities'

/** When, where and for what an access key was last used. */
export const getAccessKeyLastUsed = operation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse>(GetAccessKeyLastUsed$, {
  async resource(call) {
    const key = await call.sandbox.store.get(accessKeys, ALL, call.input.AccessKeyId!)
    return key?.account === call.account ? entityArn(call, USER, key.userName) : '*'
  },
  async run({ sandbox, account, input }) {
    const key = await sandbox.store.get(accessKeys, ALL, input.AccessKeyId!)
    if (key?.account !== account) throw notFound(`The Access Key with id ${input.AccessKeyId} cannot be found.`)
    const { lastUsed } = key
    return {
      UserName: key.userName,
      AccessKeyLastUsed: lastUsed ? { LastUsedDate: new Date(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region } : ({ ServiceName: 'N/A', Region: 'N/A' } as never),
    }
  },
})
