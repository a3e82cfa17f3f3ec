import type { Session } from '../../credentials'
import { AwsError } from '../../errors'
import type { Call, Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { assumeRoleForService, findRole, refusalForService, sessionPrincipal } from '../iam/assume-role'
import { invalid } from './errors'
import { nameOfArn } from './names'

const SERVICE = 'lambda.amazonaws.com'
const NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.'

/**
 * Sees to it that the caller may hand the role to Lambda, and that Lambda can assume it.
 * @throws AccessDeniedException without iam:PassRole or for another account's role, InvalidParameterValueException where Lambda cannot assume it
 */
export async function checkRole(call: Call, roleArn: string, functionArn: string): Promise<void> {
  if (roleArn.split(':')[4] !== call.account) throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  await call.authorize('iam:PassRole', roleArn, { 'iam:PassedToService': SERVICE, 'iam:AssociatedResourceArn': functionArn })
  if (await refusalForService(call.sandbox, { account: call.account, roleArn, service: SERVICE, sourceArn: functionArn })) throw invalid(NOT_ASSUMABLE)
}

/** Credentials of a function's execution role for so many seconds. @throws AccessDeniedException where Lambda cannot assume it (any more) */
export async function assumeExecutionRole(
  sandbox: Sandbox,
  { functionArn, ...role }: { account: string; roleArn: string; functionArn: string; seconds: number },
): Promise<Session> {
  const { session } = await assumeRoleForService(sandbox, { ...role, service: SERVICE, sourceArn: functionArn, sessionName: nameOfArn(functionArn) })
  if (!session) throw new AwsError('AccessDeniedException', NOT_ASSUMABLE, 403)
  return session
}

/** Who a function is when it acts. @throws AccessDeniedException where its role is gone */
export async function executionPrincipal(sandbox: Sandbox, account: string, roleArn: string, sessionName: string): Promise<Omit<Principal, 'accessKeyId'>> {
  const role = await findRole(sandbox, roleArn)
  if (!role) throw new AwsError('AccessDeniedException', NOT_ASSUMABLE, 403)
  return sessionPrincipal(account, role, sessionName)
}
