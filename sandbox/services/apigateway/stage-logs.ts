import type { Call } from '../../operation'
import { badRequest } from './errors'
import { accountSettings, type StageRecord } from './records'

const LEVELS = ['OFF', 'ERROR', 'INFO']

/**
 * Holds what a stage logs against AWS's rules, before and after a change of it.
 * @throws BadRequestException for a level or a destination that is none, a format without the request's id, or where the account gave API Gateway no role for logs
 */
export async function checkLogs(call: Call, before: StageRecord, after: StageRecord): Promise<void> {
  for (const { loggingLevel = 'OFF' } of Object.values(after.methodSettings)) {
    if (!LEVELS.includes(loggingLevel)) throw badRequest(`Invalid logging level specified: ${loggingLevel}. Must be one of: [${LEVELS.join(', ')}]`)
  }
  const { destinationArn, format } = after.accessLogSettings ?? {}
  if (destinationArn !== undefined && !/^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:[^:*]+(:\*)?$/.test(destinationArn)) throw badRequest('Invalid ARN specified in the request: access logs go to log groups in this sandbox')
  if (format !== undefined && !/\$context\.(extendedRequestId|requestId)\b/.test(format)) throw badRequest('Access log format must contain at least $context.requestId or $context.extendedRequestId')
  if (!logs(after) || logs(before)) return
  const settings = await call.sandbox.store.get(accountSettings, call.account, call.region)
  if (settings?.cloudwatchRoleArn === undefined) throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging')
}

function logs({ methodSettings, accessLogSettings }: StageRecord): boolean {
  return accessLogSettings !== undefined || Object.values(methodSettings).some(({ loggingLevel = 'OFF' }) => loggingLevel !== 'OFF')
}
