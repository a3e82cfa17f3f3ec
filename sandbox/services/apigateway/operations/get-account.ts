import { GetAccount$, type Account, type GetAccountRequest } from '@aws-sdk/client-api-gateway'
import { describeAccount } from '../describe'
import { gatewayOperation } from '../gateway-operation'
import { accountSettings } from '../records'

/** Shows the account's limits and the role by which API Gateway writes logs. */
export const getAccount = gatewayOperation<GetAccountRequest, Account>(GetAccount$, async (call) => describeAccount(await call.sandbox.store.get(accountSettings, call.account, call.region)))
