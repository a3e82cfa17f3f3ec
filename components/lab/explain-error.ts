import type { AuditEvent, Cloud } from '@/lib/cloud'

/** An error as AWS told it, and what Worklab knows about it. */
export interface AwsError {
  code: string
  message: string
  /** A key of `lab.aws`: what it means and what to do, where it is a common one. */
  meaning?: string
  /** For a denial: which call, by whom, and the smallest statement that would allow it, as JSON. */
  denial?: { action: string; resource: string; principal: string; explicit: boolean; policy?: string; statement?: string }
}

const meanings: Record<string, string> = {
  ResourceConflictException: 'conflict',
  ResourceNotFoundException: 'notFound',
  InvalidParameterValueException: 'invalidParameter',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  TooManyRequestsException: 'tooManyRequests',
  RequestTooLargeException: 'tooLarge',
  RequestEntityTooLargeException: 'tooLarge',
  InvalidRequestContentException: 'requestContent',
  InvalidZipFileException: 'zip',
  CodeStorageExceededException: 'codeStorage',
  EntityAlreadyExists: 'entityExists',
  EntityAlreadyExistsException: 'entityExists',
  NoSuchEntity: 'noEntity',
  NoSuchEntityException: 'noEntity',
  DeleteConflict: 'deleteConflict',
  DeleteConflictException: 'deleteConflict',
  MalformedPolicyDocument: 'policy',
  MalformedPolicyDocumentException: 'policy',
  LimitExceeded: 'limit',
  LimitExceededException: 'limit',
  ValidationError: 'validation',
  ValidationException: 'validation',
  InvalidClientTokenId: 'keys',
  UnrecognizedClientException: 'keys',
  SignatureDoesNotMatch: 'keys',
  ThrottlingException: 'tooManyRequests',
  NotImplemented: 'notImplemented',
  ConditionalCheckFailedException: 'conditionFailed',
}

/** Whether something thrown is AWS's answer, as against a failure of Worklab. */
export function isAwsError(error: unknown): error is Error & { $metadata: { requestId?: string; httpStatusCode?: number } } {
  return error instanceof Error && '$metadata' in error && '$fault' in error
}

/** What the page tells about an error that AWS answered with. */
export async function explainError(error: Error & { $metadata: { requestId?: string } }, cloud: Cloud, accountId: string): Promise<AwsError> {
  const { name, message } = error
  const told: AwsError = { code: name, message, ...(meaningOf(name, message) && { meaning: meaningOf(name, message) }) }
  if (told.meaning !== 'denied' || !cloud.capabilities.has('audit.trail')) return told
  const { events } = await cloud.events(accountId, { limit: 25 })
  const event = events.find(({ requestID, explanation }) => requestID === error.$metadata.requestId && explanation)
  return event ? { ...told, ...denialOf(event) } : told
}

/** Lambda itself, writing a function's log as its role. */
const LAMBDA_AGENT = 'lambda.amazonaws.com'

/**
 * Calls that IAM denied a function's code since a moment. That Lambda may not write its log is left out: AWS does not
 * tell that to a caller either, the audit trail has it, and finding it out is a lab.
 */
export async function deniedSince(cloud: Cloud, accountId: string, since: Date): Promise<AwsError[]> {
  if (!cloud.capabilities.has('audit.trail')) return []
  const { events } = await cloud.events(accountId, { limit: 50 })
  const denied = events.filter(
    ({ eventTime, userAgent, userIdentity, explanation }) =>
      explanation && userIdentity.type === 'AssumedRole' && userAgent !== LAMBDA_AGENT && new Date(eventTime) >= new Date(Math.floor(since.getTime() / 1000) * 1000),
  )
  const byCall = new Map(denied.map((event) => [`${event.explanation!.action} ${event.explanation!.resource}`, event]))
  return [...byCall.values()].map((event) => ({
    code: event.errorCode ?? 'AccessDenied',
    message: event.errorMessage ?? '',
    meaning: 'denied',
    ...denialOf(event),
  }))
}

function meaningOf(name: string, message: string): string | undefined {
  if (name === 'InvalidParameterValueException' && /cannot be assumed by Lambda/i.test(message)) return 'roleNotAssumable'
  return meanings[name]
}

function denialOf({ explanation }: AuditEvent): Pick<AwsError, 'denial'> {
  if (!explanation) return {}
  const { action, resource, principalArn, reason, statement, deniedBy } = explanation
  return {
    denial: {
      action,
      resource,
      principal: principalArn,
      explicit: reason === 'explicitDeny',
      ...(deniedBy && { policy: deniedBy.policy }),
      ...(statement !== undefined && { statement: JSON.stringify(statement, null, 2) }),
    },
  }
}
