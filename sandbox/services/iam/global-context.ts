import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'

/** The global condition keys of a call (IAM User Guide, "AWS global condition context keys"). */
export function globalContext(sandbox: Sandbox, call: Call, resource: string): Record<string, string | string[]> {
  const { principal } = call
  const context: Record<string, string | string[]> = {
    'aws:PrincipalArn': principal.type === 'AssumedRole' ? principal.arn.replace(':sts:', ':iam:').replace(/:assumed-role\/(.+)\/[^/]+$/, ':role/$1') : principal.arn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalType': principal.type === 'Root' ? 'Account' : principal.type === 'IAMUser' ? 'User' : principal.type,
    'aws:userid': principal.userId,
    'aws:RequestedRegion': call.region,
    'aws:ResourceAccount': ownerOf(resource) ?? call.account,
    ...timeContext(sandbox),
    'aws:SourceIp': call.sourceIp,
    'aws:UserAgent': call.userAgent,
    // Loopback stands for AWS's own TLS endpoint: a policy that demands TLS must work here as it does there.
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:PrincipalIsAWSService': String(principal.type === 'Service'),
  }
  if (principal.type === 'IAMUser' && principal.name !== undefined) context['aws:username'] = principal.name
  if (principal.sourceIdentity !== undefined) context['aws:SourceIdentity'] = principal.sourceIdentity
  if (principal.sessionStart !== undefined) context['aws:TokenIssueTime'] = principal.sessionStart
  if (principal.mfaAt !== undefined) {
    context['aws:MultiFactorAuthPresent'] = 'true'
    context['aws:MultiFactorAuthAge'] = String(Math.floor((sandbox.now() - Date.parse(principal.mfaAt)) / 1000))
  } else if (principal.sessionStart !== undefined) {
    // Access keys carry no such key at all.
    context['aws:MultiFactorAuthPresent'] = 'false'
  }
  for (const [key, value] of Object.entries(principal.sessionTags ?? {})) context[`aws:PrincipalTag/${key}`] = value
  return { ...context, ...principal.federation }
}

/** The account in an ARN; undefined where it names none (buckets) or AWS itself (its managed policies). */
function ownerOf(arn: string): string | undefined {
  return /^\d{12}$/.exec(arn.split(':')[4] ?? '')?.[0]
}

/** The condition keys of the moment. */
export function timeContext(sandbox: Sandbox): Record<string, string> {
  const now = sandbox.now()
  return { 'aws:CurrentTime': new Date(now).toISOString(), 'aws:EpochTime': String(Math.floor(now / 1000)) }
}
