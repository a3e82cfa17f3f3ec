import { TestInvokeAuthorizer$, type TestInvokeAuthorizerRequest, type TestInvokeAuthorizerResponse } from '@aws-sdk/client-api-gateway'
import { testAuthorizer } from '../../../execute-api/rest/test-invoke'
import { gatewayOperation } from '../gateway-operation'

/** Asks an authorizer as a request would. */
export const testInvokeAuthorizer = gatewayOperation<TestInvokeAuthorizerRequest, TestInvokeAuthorizerResponse>(TestInvokeAuthorizer$, testAuthorizer)
