import type { Sandbox } from '../../sandbox'
import type { RestApiRecord } from '../../services/apigateway/records'
import { accountSettings } from '../../services/apigateway/records'
import { findRole, refusalForService, sessionPrincipal } from '../../services/iam/assume-role'
import { decide } from '../../services/iam/decide'
import { timeContext } from '../../services/iam/global-context'

const SERVICE = 'apigateway.amazonaws.com'

/** Whether the role that the account gave API Gateway for logs lets it write to that group. */
export async function mayWriteLogs(sandbox: Sandbox, { account, region }: Pick<RestApiRecord, 'account' | 'region'>, group: string): Promise<boolean> {
  const { cloudwatchRoleArn: roleArn } = (await sandbox.store.get(accountSettings, account, region)) ?? {}
  if (roleArn === undefined || (await refusalForService(sandbox, { account, roleArn, service: SERVICE }))) return false
  const role = await findRole(sandbox, roleArn)
  if (!role) return false
  const principal = { ...sessionPrincipal(account, role, 'apigateway'), accessKeyId: '' }
  const resource = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:*`
  const { allowed } = await decide(sandbox, { principal, action: 'logs:PutLogEvents', resource, resourceAccount: account, context: { 'aws:RequestedRegion': region, ...timeContext(sandbox) } })
  return allowed
}
