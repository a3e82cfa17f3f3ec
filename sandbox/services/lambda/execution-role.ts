import { AwsError } from '../../errors'
import { issueSession, type Session } from '../../credentials'
import type { Call, Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { roles, type Role } from '../iam/records'
import { invalid } from './errors'

const SERVICE = 'lambda.amazonaws.com'
const NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.'

/**
 * Sees to it that the caller may hand the role to Lambda, and that Lambda can assume it.
 * @throws AccessDeniedException without iam:PassRole or for another account's role, InvalidParameterValueException where Lambda cannot assume it
 */
export async function checkRole(call: Call, roleArn: string, functionArn: string): Promise<void> {
  if (roleArn.split(':')[4] !== call.account) throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  await call.authorize('iam:PassRole', roleArn, { 'iam:PassedToService': SERVICE, 'iam:AssociatedResourceArn': functionArn })
  if (!(await assumableRole(call.sandbox, call.account, roleArn))) throw invalid(NOT_ASSUMABLE)
}

/** Credentials of an execution role. @throws AccessDeniedException where Lambda cannot assume it (any more) */
export async function assumeExecutionRole(sandbox: Sandbox, account: string, roleArn: string, sessionName: string, seconds: number): Promise<Session> {
  return issueSession(sandbox, await executionPrincipal(sandbox, account, roleArn, sessionName), seconds)
}

/** Who a function is when it acts. @throws AccessDeniedException where Lambda cannot assume the role */
export async function executionPrincipal(sandbox: Sandbox, account: string, roleArn: string, sessionName: string): Promise<Omit<Principal, 'accessKeyId'>> {
  const role = await assumableRole(sandbox, account, roleArn)
  if (!role) throw new AwsError('AccessDeniedException', NOT_ASSUMABLE, 403)
  return {
    type: 'AssumedRole',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.roleName}/${sessionName}`,
    userId: `${role.roleId}:${sessionName}`,
    name: role.roleName,
  }
}

async function assumableRole(sandbox: Sandbox, account: string, roleArn: string): Promise<Role | undefined> {
  const role = await sandbox.store.get(roles, account, roleArn.split('/').at(-1)!)
  if (role?.arn !== roleArn) return undefined
  const { Statement } = JSON.parse(role.trustPolicy) as { Statement: unknown }
  const trusts = [Statement].flat().some((statement: any) => {
    const services = [statement.Principal?.Service ?? []].flat()
    return statement.Effect === 'Allow' && services.includes(SERVICE) && [statement.Action].flat().some((a) => ['sts:AssumeRole', 'sts:*', '*'].includes(a))
  })
  return trusts ? role : undefined
}
