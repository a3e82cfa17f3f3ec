import { InvalidInputException, type ContextEntry, type EvaluationResult, type Statement as MatchedStatement } from '@aws-sdk/client-iam'
import { contextKeysOfStatement } from './context-keys'
import { judge, type Inquiry, type NamedPolicy } from './judge'
import { identityEffect, resourceEffect, type PolicyRequest } from './match-policy'
import { parsePolicy, statementsOf, type Statement } from './policy-document'
import { statementPositions } from './statement-positions'
import { validateIdentityPolicy } from './validate-policy'

/** A policy of a simulation with its text, so that matches can be pointed at. */
export interface SimulatedPolicy extends NamedPolicy {
  text: string
}

/** What is simulated: every action on every resource. */
export interface Simulation {
  /** ARN of the user or role whose rights are asked. */
  caller: string
  identity: SimulatedPolicy[]
  boundary?: SimulatedPolicy | undefined
  resourcePolicy?: SimulatedPolicy | undefined
  actions: string[]
  resources: string[]
  /** ARN of the account that owns the resources; the caller's where not given. */
  resourceOwner?: string | undefined
  /** Keys of the caller itself. */
  callerContext: Record<string, string | string[]>
  entries: ContextEntry[]
}

/** Decides every action on every resource as a real call would be decided, without making one. */
export function simulate(simulation: Simulation): EvaluationResult[] {
  const context = { ...simulation.callerContext, ...Object.fromEntries(simulation.entries.map(readEntry)) }
  return simulation.actions.flatMap((action) => simulation.resources.map((resource) => evaluate(simulation, { action, resource, context })))
}

/** Policies given as texts, named by their place in the list as AWS names them. @throws InvalidInputException */
export function inputPolicies(texts: string[] = [], name = 'PolicyInputList'): SimulatedPolicy[] {
  return texts.map((text, i) => {
    try {
      return { name: `${name}.${i + 1}`, text, document: validateIdentityPolicy(text) }
    } catch (error) {
      throw new InvalidInputException({ message: `Invalid Input Policy ${name}.${i + 1}: ${(error as Error).message}`, $metadata: {} })
    }
  })
}

/** A resource-based policy given as text. @throws InvalidInputException */
export function inputResourcePolicy(text: string | undefined): SimulatedPolicy | undefined {
  if (text === undefined) return undefined
  try {
    return { name: 'ResourcePolicy', text, document: parsePolicy(text) }
  } catch {
    throw new InvalidInputException({ message: 'Invalid Input Policy ResourcePolicy: This policy contains invalid Json', $metadata: {} })
  }
}

function evaluate(simulation: Simulation, { action, resource, context }: Pick<PolicyRequest, 'action' | 'resource' | 'context'>): EvaluationResult {
  const { caller, identity, boundary, resourcePolicy, resourceOwner } = simulation
  const request = { principal: caller, action, resource, context }
  const isRole = caller.includes(':role/')
  const inquiry: Inquiry = {
    ...request,
    kind: isRole ? 'AssumedRole' : 'IAMUser',
    roleArn: isRole ? caller : undefined,
    isSameAccount: resourceOwner === undefined || resourceOwner.split(':')[4] === caller.split(':')[4],
  }
  const verdict = judge(inquiry, { identity, boundary, sessions: [], resource: resourcePolicy })
  const decision = verdict.allowed ? 'allowed' : verdict.how === 'explicit' ? 'explicitDeny' : 'implicitDeny'
  const decisive = decision === 'explicitDeny' ? 'Deny' : 'Allow'
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()))
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resourcePolicy ? [resourcePolicy] : [])]
  const missing = all.flatMap(({ document }) => statementsOf(document)).filter((statement) => isAbout(statement, request)).flatMap(contextKeysOfStatement)
  const bounded = boundary && { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: identityEffect(boundary.document, request) === 'Allow' } }
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision,
    MatchedStatements: all.flatMap((policy) =>
      // Of an implicit denial the statements that allow, where another policy does not, are still shown.
      matches(policy, (statement) => {
        const document = { ...policy.document, Statement: statement }
        const effect = policy === resourcePolicy ? resourceEffect(document, request, 'account') : identityEffect(document, request)
        return effect === decisive
      }),
    ),
    MissingContextValues: [...new Set(missing)].filter((key) => !given.has(key.toLowerCase())).sort(),
    ...bounded,
  }
}

/** Whether a statement is about the action at all, whatever its conditions say. */
function isAbout({ Condition: _, ...statement }: Statement, request: PolicyRequest): boolean {
  const { Principal: _principal, NotPrincipal: _notPrincipal, NotResource: _notResource, ...rest } = statement
  return identityEffect({ Version: '2012-10-17', Statement: { ...rest, Resource: '*' } }, request) !== undefined
}

function matches(policy: SimulatedPolicy, isMatch: (statement: Statement) => boolean): MatchedStatement[] {
  const positions = statementPositions(policy.text)
  return statementsOf(policy.document).flatMap((statement, i) =>
    isMatch(statement)
      ? [{ SourcePolicyId: policy.name, SourcePolicyType: 'IAM Policy' as never, StartPosition: positions[i]?.start, EndPosition: positions[i]?.end }]
      : [],
  )
}

function readEntry({ ContextKeyName, ContextKeyValues = [], ContextKeyType }: ContextEntry): [string, string | string[]] {
  return [ContextKeyName!, ContextKeyType?.endsWith('List') ? ContextKeyValues : (ContextKeyValues[0] ?? [])]
}
