import { GetCallerIdentity$, type GetCallerIdentityRequest, type GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { operation } from '../../../operation'

/** Tells who calls. Needs no permission, even where a policy denies it (STS API reference, GetCallerIdentity). */
export const getCallerIdentity = operation<GetCallerIdentityRequest, GetCallerIdentityResponse>(GetCallerIdentity$, {
  action: null,
  resource: () => '*',
  run: async ({ principal }) => ({ Account: principal.account, Arn: principal.arn, UserId: principal.userId }),
})
