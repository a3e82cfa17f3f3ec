import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { badRequest } from '../apigateway/errors'

/** Sees to it that the caller may hand a role to API Gateway. @throws BadRequestException, AccessDeniedException */
export async function passRole(call: Call, role: string): Promise<void> {
  const account = /^arn:aws[\w-]*:iam::(\d{12}):role\/.+$/.exec(role)?.[1]
  if (account === undefined) throw badRequest(`Invalid role ARN specified: ${role}`)
  if (account !== call.account) throw new AwsError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  await call.authorize('iam:PassRole', role, { 'iam:PassedToService': 'apigateway.amazonaws.com' })
}
