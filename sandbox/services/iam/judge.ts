import type { Principal } from '../../operation'
import { identityEffect, resourceEffect, type Effect, type PolicyRequest } from './match-policy'
import { statementsOf, type PolicyDocument, type Statement } from './policy-document'

/** A policy document with the name by which people know it. */
export interface NamedPolicy {
  name: string
  document: PolicyDocument
  /** ARN where it is a managed policy. */
  arn?: string
}

/** Everything that has a say in a request. */
export interface Policies {
  identity: NamedPolicy[]
  /** Present where the user or role is bounded. */
  boundary?: NamedPolicy | undefined
  /** The session policies given with AssumeRole; together they are one more bound. */
  sessions: NamedPolicy[]
  resource?: NamedPolicy | undefined
}

/** The request itself. */
export interface Inquiry {
  /** ARN of user, session or root, or a service's name. */
  principal: string
  /** ARN of the role behind a session, or of the user behind a federated user. */
  roleArn?: string | undefined
  kind: Principal['type']
  action: string
  resource: string
  isSameAccount: boolean
  context: Record<string, string | string[]>
}

/** The kinds of policy that can decide a denial. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'resource' | 'trust'

/** How the policies decided together. */
export type Verdict =
  | { allowed: true }
  | { allowed: false; how: 'explicit'; by: PolicyKind; policy: NamedPolicy; statement: Statement }
  | { allowed: false; how: 'implicit'; by: PolicyKind }

/**
 * Decides as AWS documents it (IAM User Guide, "Policy evaluation logic"): a Deny anywhere decides; then, in the same
 * account, the resource's policy or the caller's own must allow; across accounts both must; boundary and session
 * policies narrow what the caller's own policies (or a grant to the role as a whole) give.
 * A role's trust policy is the exception: it must allow, even in the same account.
 */
export function judge(inquiry: Inquiry, policies: Policies): Verdict {
  const request: PolicyRequest = { principal: inquiry.principal, action: inquiry.action, resource: inquiry.resource, context: inquiry.context }
  const isTrust = policies.resource !== undefined && inquiry.action.toLowerCase().startsWith('sts:')
  const resourceKind = isTrust ? 'trust' : 'resource'

  // A resource's policy may name the role or the one session of it: both are the caller.
  const callers = [...new Set([inquiry.principal, inquiry.roleArn ?? inquiry.principal])]
  const resourceEffects = (grants: 'direct' | 'account'): Map<string, Effect> =>
    new Map(callers.map((principal) => [principal, policies.resource && resourceEffect(policies.resource.document, { ...request, principal }, grants)]))
  const direct = resourceEffects('direct')
  const identity = policies.identity.map((policy) => identityEffect(policy.document, request))
  const boundary = policies.boundary && identityEffect(policies.boundary.document, request)
  const sessions = policies.sessions.map((policy) => identityEffect(policy.document, request))

  if ([...direct.values()].includes('Deny')) {
    const isDeny = (document: PolicyDocument) => callers.some((principal) => resourceEffect(document, { ...request, principal }, 'direct') === 'Deny')
    return denial(resourceKind, policies.resource!, isDeny)
  }
  const isDeny = (document: PolicyDocument) => identityEffect(document, request) === 'Deny'
  const denying = policies.identity[identity.indexOf('Deny')]
  if (denying) return denial('identity', denying, isDeny)
  if (boundary === 'Deny') return denial('boundary', policies.boundary!, isDeny)
  const denyingSession = policies.sessions[sessions.indexOf('Deny')]
  if (denyingSession) return denial('session', denyingSession, isDeny)

  const implicit = (by: PolicyKind): Verdict => ({ allowed: false, how: 'implicit', by })
  if (inquiry.kind === 'Service' || inquiry.kind === 'Anonymous') return direct.get(inquiry.principal) === 'Allow' ? { allowed: true } : implicit(resourceKind)

  const own = inquiry.kind === 'Root' || identity.includes('Allow')
  const isBounded = policies.boundary !== undefined && boundary !== 'Allow'
  const isNarrowed = sessions.length > 0 && !sessions.includes('Allow')
  if (inquiry.isSameAccount) {
    const isGrantedToRole = inquiry.roleArn !== undefined && direct.get(inquiry.roleArn) === 'Allow'
    const isGranted = direct.get(inquiry.principal) === 'Allow'
    // A grant to a user or to this very session is not narrowed by boundary or session policies; one to the role is.
    if (isGranted && !isGrantedToRole) return { allowed: true }
    if (!isGranted && !isGrantedToRole) {
      if (isTrust && ![...resourceEffects('account').values()].includes('Allow')) return implicit('trust')
      if (!own) return implicit('identity')
    }
  } else {
    if (!own) return implicit('identity')
    if (![...resourceEffects('account').values()].includes('Allow')) return implicit(resourceKind)
  }
  if (isBounded) return implicit('boundary')
  if (isNarrowed) return implicit('session')
  return { allowed: true }
}

function denial(by: PolicyKind, policy: NamedPolicy, isDeny: (document: PolicyDocument) => boolean): Verdict {
  const statement = statementsOf(policy.document).find((one) => isDeny({ ...policy.document, Statement: one }))
  return { allowed: false, how: 'explicit', by, policy, statement: statement! }
}
