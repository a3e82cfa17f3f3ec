import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs'
import { withoutQualifier, type Look } from '../look'

/** CloudWatch's log groups. */
export async function readLogs(look: Look): Promise<void> {
  const client = look.clients.logs
  for (const { logGroupName: name = '', arn, logGroupArn, creationTime, retentionInDays: retention, storedBytes: bytes } of await look.all('logs', () => paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups)) {
    look.add({ arn: logGroupArn ?? (arn && withoutQualifier(arn)), service: 'logs', kind: 'log-group', name, createdAt: creationTime === undefined ? undefined : new Date(creationTime).toISOString(), facts: { retention, bytes } })
  }
}
