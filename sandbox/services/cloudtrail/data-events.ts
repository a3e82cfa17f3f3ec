import type { AuditEvent } from '../../audit'

/** Calls on what resources hold, which CloudTrail's event history leaves out ("Logging data events"). */
const DATA_EVENTS: Record<string, RegExp> = {
  'lambda.amazonaws.com': /^Invoke/,
  's3.amazonaws.com': /^(Get|Put|Head|Delete|Copy|List|Restore|Select)Object|^(DeleteObjects|UploadPart|UploadPartCopy|CreateMultipartUpload|CompleteMultipartUpload|AbortMultipartUpload|ListParts)$/,
  'dynamodb.amazonaws.com': /Item|^(Query|Scan)$|^Execute/,
  'sqs.amazonaws.com': /Message/,
  'sns.amazonaws.com': /^Publish/,
  'events.amazonaws.com': /^PutEvents$/,
  'logs.amazonaws.com': /LogEvents$/,
}

/** Whether the event is of the control plane. */
export function isManagementEvent({ eventSource, eventName }: AuditEvent): boolean {
  return !DATA_EVENTS[eventSource]?.test(eventName)
}
