import { authorize } from '../../authorize'
import type { Call, Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { globalContext } from '../iam/global-context'
import { executionPrincipal } from './execution-role'

/** What Lambda does on behalf of a function, with the rights of its execution role. */
export interface Acting {
  account: string
  region: string
  functionName: string
  roleArn: string
}

/**
 * Sees to it that the role may do something.
 * @param resourcePolicy of the resource, where it has one
 * @param owner the account of the resource, where its ARN does not tell
 * @returns who acts
 * @throws AccessDenied, or AccessDeniedException where the role is gone
 */
export async function actAs(sandbox: Sandbox, { account, region, functionName, roleArn }: Acting, action: string, resource: string, resourcePolicy?: object, owner?: string): Promise<Principal> {
  const principal: Principal = { ...(await executionPrincipal(sandbox, account, roleArn, functionName)), accessKeyId: '' }
  const call = { principal, region, account, sourceIp: 'lambda.amazonaws.com', userAgent: 'lambda.amazonaws.com' } as Call
  await authorize(sandbox, {
    principal,
    action,
    resource,
    resourceAccount: owner ?? (resource.split(':')[4] || account),
    context: globalContext(sandbox, call, resource),
    ...(resourcePolicy ? { resourcePolicy } : {}),
  })
  return principal
}
