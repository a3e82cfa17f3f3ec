import { UpdateAccount$, type Account, type UpdateAccountRequest } from '@aws-sdk/client-api-gateway'
import { refusalForService } from '../../iam/assume-role'
import { lockGateway } from '../apis'
import { describeAccount } from '../describe'
import { badRequest } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, optionalText } from '../patch'
import { accountSettings } from '../records'

/** Sets the role by which API Gateway writes logs. */
export const updateAccount = gatewayOperation<UpdateAccountRequest, Account>(UpdateAccount$, (call) =>
  lockGateway(call, async () => {
    const settings = (await call.sandbox.store.get(accountSettings, call.account, call.region)) ?? {}
    applyPatch(settings, call.input.patchOperations, { '/cloudwatchRoleArn': optionalText('cloudwatchRoleArn') })
    const { cloudwatchRoleArn: roleArn } = settings
    if (roleArn) {
      await call.authorize('iam:PassRole', roleArn, { 'iam:PassedToService': 'apigateway.amazonaws.com' })
      if (await refusalForService(call.sandbox, { account: call.account, roleArn, service: 'apigateway.amazonaws.com' })) {
        throw badRequest('The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.')
      }
    }
    await call.sandbox.store.put(accountSettings, call.account, call.region, settings)
    return describeAccount(settings)
  }),
)
