import { GetAccessKeyInfo$, type GetAccessKeyInfoRequest, type GetAccessKeyInfoResponse } from '@aws-sdk/client-sts'
import { accessKeys, ALL } from '../../../credentials'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'

/** Tells the account of a long-lived access key. */
export const getAccessKeyInfo = operation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse>(GetAccessKeyInfo$, {
  resource: () => '*',
  async run({ sandbox, input }) {
    const key = await sandbox.store.get(accessKeys, ALL, input.AccessKeyId!)
    if (!key) throw new AwsError('ValidationError', `Invalid Access Key ${input.AccessKeyId}`, 400)
    return { Account: key.account }
  },
})
