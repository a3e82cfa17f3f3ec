import { anonymousPrincipal, runUnsafeSimulation } from '@cloud-copilot/iam-simulate'
import { engineDocument } from './engine-document'
import type { PolicyDocument, Statement } from './policy-document'

/** What a policy is held against. */
export interface PolicyRequest {
  /** ARN of a user, role, session or root, the name of a service, or {@link ANONYMOUS}. */
  principal: string
  action: string
  resource: string
  context: Record<string, string | string[]>
}

/** The principal of a call that nobody signed, as a public function URL takes it. */
export const ANONYMOUS = 'anonymous'

/** What one policy says of a request: it allows, it denies, or it does not speak of it. */
export type Effect = 'Allow' | 'Deny' | undefined

/**
 * The one place that knows the policy engine (`@cloud-copilot/iam-simulate`): grammar, wildcards, variables, conditions
 * and principals of a single document. How several policies together decide is in judge.ts.
 *
 * The engine's checked entry refuses what its list of AWS's actions does not know and drops context keys that the list
 * does not name for the action, so the entry without those checks is used, on documents that were validated when written.
 */
export function identityEffect(document: PolicyDocument, request: PolicyRequest): Effect {
  if (allowsEverything(document)) return 'Allow'
  // For keys of KMS the engine takes a caller's own policy into account only where the key's policy trusts the account.
  const trusted = /^kms:/i.test(request.action) ? wrapped({ ...EVERYTHING, Statement: { ...ALLOW_ALL, Principal: { AWS: request.principal.split(':')[4] } } }) : undefined
  return run(request, OWN_ACCOUNT, [{ name: 'policy', policy: engineDocument(document, request) }], trusted)
}

/** As {@link identityEffect} for a policy with principals; `account` also takes the grants that name only the caller's account. */
export function resourceEffect(document: object, request: PolicyRequest, grants: 'direct' | 'account'): Effect {
  const policy = wrapped(engineDocument(document as PolicyDocument, request))
  if (grants === 'direct') return run(request, OWN_ACCOUNT, [], policy)
  // A grant to the account counts across accounts, where the caller's own policy allows too.
  return run(request, OTHER_ACCOUNT, [{ name: 'everything', policy: EVERYTHING }], policy)
}

/** The engine reads a resource policy's name from such a wrapper only, and needs one. */
function wrapped(document: object): object {
  return { __validated: true, policyDocument: document, metadata: { name: 'policy' }, errors: [] }
}

const OWN_ACCOUNT = true
const OTHER_ACCOUNT = false
const ALLOW_ALL: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
const EVERYTHING: PolicyDocument = { Version: '2012-10-17', Statement: ALLOW_ALL }
const NO_RESTRICTION = [{ orgIdentifier: 'none', policies: [{ name: 'everything', policy: EVERYTHING }] }]

/** Stands for `*` in a request: the engine would take it for a search pattern, but it is a plain character of a name. */
const STAR = '\u2217'
/** The resource of an action that has none. Only a policy's own `*` covers it. */
const NO_RESOURCE = 'none'

/** AdministratorAccess and the like, which most calls of a learner rest on, need no engine. */
function allowsEverything({ Statement }: PolicyDocument): boolean {
  const [statement, ...others] = [Statement].flat()
  return others.length === 0 && statement?.Effect === 'Allow' && statement.Action === '*' && statement.Resource === '*' && statement.Condition === undefined
}

function run(request: PolicyRequest, inOwnAccount: boolean, identityPolicies: { name: string; policy: object }[], resourcePolicy?: object): Effect {
  const account = request.principal.split(':')[4] ?? ''
  const result = runUnsafeSimulation(
    {
      request: {
        principal: request.principal === ANONYMOUS ? anonymousPrincipal : request.principal,
        action: request.action,
        resource: {
          resource: request.resource === '*' ? NO_RESOURCE : request.resource.replaceAll('*', STAR),
          accountId: inOwnAccount ? account : `not-${account}`,
        },
        contextVariables: normalised(request.context),
      },
      identityPolicies,
      resourcePolicy,
      serviceControlPolicies: NO_RESTRICTION,
      resourceControlPolicies: NO_RESTRICTION,
    },
    {},
  )
  return result === 'Allowed' ? 'Allow' : result === 'ExplicitlyDenied' ? 'Deny' : undefined
}

/** A list of one counts as a single value and an empty list as no value, so that operators of both kinds match as in AWS. */
function normalised(context: PolicyRequest['context']): PolicyRequest['context'] {
  const result: PolicyRequest['context'] = {}
  for (const [key, value] of Object.entries(context)) {
    if (!Array.isArray(value)) result[key] = value
    else if (value.length > 0) result[key] = value.length === 1 ? value[0]! : value
  }
  return result
}
