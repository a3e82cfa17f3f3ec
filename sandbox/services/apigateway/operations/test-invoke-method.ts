import { TestInvokeMethod$, type TestInvokeMethodRequest, type TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway'
import { testMethod } from '../../../execute-api/rest/test-invoke'
import { gatewayOperation } from '../gateway-operation'

/** Calls a method as it is now, deployed or not, and tells what happened on the way. */
export const testInvokeMethod = gatewayOperation<TestInvokeMethodRequest, TestInvokeMethodResponse>(TestInvokeMethod$, testMethod)
