import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { actAs, type Acting } from './act-as'
import { invalid } from './errors'
import type { Settings } from './records'

/** What Lambda does with the rights of the role to put a function into a network (Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC"). */
const FOR_NETWORK = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface']

/** Sees to it that the role may do what the settings have Lambda do on its behalf. @throws InvalidParameterValueException in AWS's words */
export async function checkRights(sandbox: Sandbox, acting: Acting, { vpc, isTraced }: Pick<Settings, 'vpc' | 'isTraced'>): Promise<void> {
  if (vpc?.subnetIds.length) for (const action of FOR_NETWORK) await check(sandbox, acting, 'ec2', action)
  if (isTraced) await check(sandbox, acting, 'xray', 'PutTraceSegments')
}

async function check(sandbox: Sandbox, acting: Acting, service: string, action: string): Promise<void> {
  try {
    await actAs(sandbox, acting, `${service}:${action}`, '*')
  } catch (error) {
    if (error instanceof AwsError) throw invalid(`The provided execution role does not have permissions to call ${action} on ${service.toUpperCase()}`)
    throw error
  }
}
