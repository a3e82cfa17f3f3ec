import type { Question } from '../../authorize'
import type { Sandbox } from '../../sandbox'
import { heldPolicies, type Held } from './held-policies'
import { judge, type Inquiry, type NamedPolicy, type PolicyKind, type Verdict } from './judge'
import { identityEffect } from './match-policy'
import { statementsOf } from './policy-document'
import { smallestStatement, type SmallestStatement } from './smallest-statement'

/** How IAM decided, and why. */
export interface Decision {
  allowed: boolean
  /** AWS's message for a denial. */
  message: string
  explanation: Explanation
}

/** Why a call was denied and what would allow it; kept with the audit event. */
export interface Explanation {
  action: string
  resource: string
  principalArn: string
  reason: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'boundary' | 'sessionPolicy' | 'resourcePolicy'
  /** The smallest statement that, in the caller's policy, boundary or session policy, would allow it; absent where that does not help. */
  statement?: SmallestStatement
  /** The policy whose Deny decided. */
  deniedBy?: { policy: string; sid?: string }
  /** A statement that would have allowed it, had its condition held. */
  unmet?: { policy: string; sid?: string; condition: object }
}

/** As AWS names the kinds of policy in its messages (IAM User Guide, "Troubleshoot access denied error messages"). */
const NAMES: Record<PolicyKind, { implicit: string; explicit: string }> = {
  identity: { implicit: 'identity-based policy', explicit: 'an identity-based policy' },
  boundary: { implicit: 'permissions boundary', explicit: 'a permissions boundary' },
  session: { implicit: 'session policy', explicit: 'a session policy' },
  resource: { implicit: 'resource-based policy', explicit: 'a resource-based policy' },
  trust: { implicit: 'role trust policy', explicit: 'the role trust policy' },
}

/** Why an implicit denial came, by the kind of policy that was missing an Allow. */
const REASONS: Record<PolicyKind, Explanation['reason']> = {
  identity: 'implicitDeny',
  boundary: 'boundary',
  session: 'sessionPolicy',
  resource: 'resourcePolicy',
  trust: 'resourcePolicy',
}

/** Decides by all policies that have a say, as they are at this moment. */
export async function decide(sandbox: Sandbox, question: Question): Promise<Decision> {
  const { principal, resourcePolicy } = question
  // AWS's managed policies belong to `aws`, which is no other account to anyone.
  const isOwnAccount = question.resourceAccount === principal.account || question.resourceAccount === 'aws'
  // Nothing narrows root within its own account but a resource's policy (there are no organisations here).
  if (principal.type === 'Root' && isOwnAccount && !resourcePolicy && !principal.sessionPolicies?.length) return describe(question, { allowed: true })
  const held = await heldPolicies(sandbox, principal)
  if (!held) return describe(question, { allowed: false, how: 'implicit', by: 'identity' }, false)
  // Whatever its policies say (STS API reference, GetFederationToken).
  if (principal.type === 'FederatedUser' && /^(iam|sts):/.test(question.action)) return describe(question, { allowed: false, how: 'implicit', by: 'session' }, false)
  const inquiry: Inquiry = {
    principal: principal.arn,
    kind: principal.type,
    roleArn: principal.type === 'AssumedRole' || principal.type === 'FederatedUser' ? held.entity?.arn : undefined,
    action: question.action,
    resource: question.resource,
    isSameAccount: isOwnAccount,
    context: { ...entityContext(held), ...question.context, ...(principal.type === 'AssumedRole' ? { 'aws:PrincipalArn': held.entity!.arn } : {}) },
  }
  const verdict = judge(inquiry, { ...held, ...(resourcePolicy ? { resource: { name: question.action.startsWith('sts:') ? 'trust-policy' : 'resource-policy', document: resourcePolicy as never } } : {}) })
  const decision = await describe(question, verdict)
  if (verdict.allowed || verdict.how === 'explicit' || verdict.by !== 'identity') return decision
  const unmet = unmetCondition(inquiry, held.identity)
  return unmet ? { ...decision, explanation: { ...decision.explanation, unmet } } : decision
}

/** The first Allow of the caller's policies that only its condition kept from allowing. */
function unmetCondition(inquiry: Inquiry, identity: NamedPolicy[]): Explanation['unmet'] {
  for (const { name, document } of identity) {
    for (const { Condition, ...statement } of statementsOf(document)) {
      if (Condition === undefined || identityEffect({ ...document, Statement: statement }, inquiry) !== 'Allow') continue
      return { policy: name, ...(statement.Sid === undefined ? {} : { sid: statement.Sid }), condition: Condition }
    }
  }
  return undefined
}

/** Tags of the user or role as condition keys; a session's own tags go before them. */
function entityContext({ entity }: Held): Record<string, string> {
  return Object.fromEntries((entity?.tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]))
}

/** @param canBeMended false where no statement helps: the caller itself is gone */
async function describe({ principal, action, resource }: Question, verdict: Verdict, canBeMended = true): Promise<Decision> {
  const about = { action, resource, principalArn: principal.arn }
  if (verdict.allowed) return { allowed: true, message: '', explanation: { ...about, reason: 'allowed' } }
  // Who is nobody is told nothing.
  if (principal.type === 'Anonymous') return { allowed: false, message: 'Access Denied', explanation: { ...about, reason: 'resourcePolicy' } }
  const start = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} `
  if (verdict.how === 'explicit') {
    const sid = verdict.statement.Sid
    const deniedBy = { policy: verdict.policy.name, ...(sid === undefined ? {} : { sid }) }
    return { allowed: false, message: `${start}with an explicit deny in ${NAMES[verdict.by].explicit}`, explanation: { ...about, reason: 'explicitDeny', deniedBy } }
  }
  const isOwnSide = verdict.by === 'identity' || verdict.by === 'boundary' || verdict.by === 'session'
  return {
    allowed: false,
    message: `${start}because no ${NAMES[verdict.by].implicit} allows the ${action} action`,
    explanation: { ...about, reason: REASONS[verdict.by], ...(isOwnSide && canBeMended ? { statement: await smallestStatement(action, resource) } : {}) },
  }
}
