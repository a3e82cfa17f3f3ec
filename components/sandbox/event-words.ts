import type { AuditEvent } from '@/lib/cloud'

/** From where a call came; the word is `sandbox.trail.from.<origin>`. */
export type Origin = 'page' | 'checks' | 'function' | 'cli' | 'terraform' | 'boto3' | 'other'

/** Tells from where a call came by its user agent. A function's own calls come first: they may use any SDK. */
export function originOf({ userAgent }: Pick<AuditEvent, 'userAgent'>): Origin {
  if (/exec-env\/AWS_Lambda|lambda\.amazonaws\.com/.test(userAgent)) return 'function'
  if (userAgent.includes('app/worklab-web')) return 'page'
  if (userAgent.includes('app/worklab-checks')) return 'checks'
  if (userAgent.startsWith('aws-cli/')) return 'cli'
  if (/terraform/i.test(userAgent)) return 'terraform'
  if (/^boto3/i.test(userAgent)) return 'boto3'
  return 'other'
}

/** Who called: the kind, for `sandbox.trail.who.<kind>`, and the name within it. */
export function callerOf({ userIdentity: { type, arn, userName } }: Pick<AuditEvent, 'userIdentity'>): { kind: 'user' | 'role' | 'root' | 'other'; name: string } {
  if (type === 'IAMUser') return { kind: 'user', name: userName ?? arn.split('/').at(-1)! }
  if (type === 'AssumedRole') return { kind: 'role', name: arn.split('/').at(-2) ?? arn }
  if (type === 'Root') return { kind: 'root', name: 'root' }
  return { kind: 'other', name: arn }
}

/** The name of what a call was about, where one member of its input says so. */
export function subjectOf({ requestParameters }: Pick<AuditEvent, 'requestParameters'>): string | undefined {
  if (typeof requestParameters !== 'object' || requestParameters === null) return undefined
  const found = Object.entries(requestParameters).find(([name, value]) => typeof value === 'string' && value !== '' && /^(functionName|roleName|policyName|userName|logGroupName|policyArn|roleArn)$/i.test(name))
  return found?.[1] as string | undefined
}
