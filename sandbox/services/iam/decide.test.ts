import { SimulateCustomPolicyCommand, type ContextKeyTypeEnum } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsManaged } from './aws-managed'
import { judge, type Verdict } from './judge'
import { smallestStatement } from './smallest-statement'
import { ANONYMOUS } from './match-policy'
import { policy, startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
beforeAll(async () => {
  account = await startTestAccount()
})
afterAll(() => account.close())

type Outcome = 'allowed' | 'explicitDeny' | 'implicitDeny'
type Statements = object[]

interface Case {
  name: string
  /** Statements of the caller's own policies. */
  own?: Statements
  managed?: string
  boundary?: Statements
  resourcePolicy?: Statements
  owner?: string
  caller?: string
  action: string
  on?: string
  context?: Record<string, string | string[]>
  is: Outcome
}

const ME = '111122223333'
const OTHER = '999988887777'
const user = `arn:aws:iam::${ME}:user/an`
const role = `arn:aws:iam::${ME}:role/worker`
const lambda = (name: string) => `arn:aws:lambda:us-east-1:${ME}:function:${name}`
const table = `arn:aws:dynamodb:us-east-1:${ME}:table/orders`
const logGroup = `arn:aws:logs:us-east-1:${ME}:log-group:/aws/lambda/hello`
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object, Sid?: string) => ({ ...(Sid ? { Sid } : {}), Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) })
const deny = (Action: string | string[], Resource: string | string[] = '*', Condition?: object, Sid?: string) => ({ ...allow(Action, Resource, Condition, Sid), Effect: 'Deny' })
const grant = (principal: unknown, Action: string, Effect = 'Allow') => ({ Effect, Principal: principal, Action, Resource: '*' })

const cases: Case[] = [
  // Allow, nothing, Deny
  { name: 'no policy at all', action: 'lambda:GetFunction', on: lambda('a'), is: 'implicitDeny' },
  { name: 'exact action and resource', own: [allow('lambda:GetFunction', lambda('a'))], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'another action', own: [allow('lambda:GetFunction', lambda('a'))], action: 'lambda:DeleteFunction', on: lambda('a'), is: 'implicitDeny' },
  { name: 'another resource', own: [allow('lambda:GetFunction', lambda('a'))], action: 'lambda:GetFunction', on: lambda('b'), is: 'implicitDeny' },
  { name: 'another region', own: [allow('lambda:*', `arn:aws:lambda:eu-west-1:${ME}:function:*`)], action: 'lambda:GetFunction', on: lambda('a'), is: 'implicitDeny' },
  { name: 'Deny beside Allow', own: [allow('*'), deny('lambda:DeleteFunction')], action: 'lambda:DeleteFunction', on: lambda('a'), is: 'explicitDeny' },
  { name: 'Deny of something else', own: [allow('*'), deny('lambda:DeleteFunction')], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'Deny without any Allow', own: [deny('lambda:*')], action: 'lambda:GetFunction', on: lambda('a'), is: 'explicitDeny' },
  // Wildcards
  { name: 'service wildcard', own: [allow('lambda:*')], action: 'lambda:InvokeFunction', on: lambda('a'), is: 'allowed' },
  { name: 'prefix wildcard', own: [allow('lambda:Get*')], action: 'lambda:GetFunctionConfiguration', on: lambda('a'), is: 'allowed' },
  { name: 'prefix wildcard does not reach further', own: [allow('lambda:Get*')], action: 'lambda:ListFunctions', is: 'implicitDeny' },
  { name: 'question mark is one character', own: [allow('lambda:GetFunctio?')], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'actions know no case', own: [allow('LAMBDA:getfunction')], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'names of resources know case', own: [allow('lambda:GetFunction', lambda('Hello'))], action: 'lambda:GetFunction', on: lambda('hello'), is: 'implicitDeny' },
  { name: 'wildcard inside a name', own: [allow('lambda:GetFunction', lambda('shop-*-api'))], action: 'lambda:GetFunction', on: lambda('shop-books-api'), is: 'allowed' },
  { name: 'wildcard in account and region', own: [allow('lambda:GetFunction', 'arn:aws:lambda:*:*:function:a')], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'a list of actions', own: [allow(['s3:GetObject', 'lambda:GetFunction'])], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'a list of resources', own: [allow('lambda:GetFunction', [lambda('a'), lambda('b')])], action: 'lambda:GetFunction', on: lambda('b'), is: 'allowed' },
  { name: 'NotAction allows the rest', own: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'NotAction leaves out what it names', own: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], action: 'iam:CreateUser', is: 'implicitDeny' },
  { name: 'Deny with NotResource', own: [allow('*'), { Effect: 'Deny', Action: '*', NotResource: lambda('a') }], action: 'lambda:GetFunction', on: lambda('b'), is: 'explicitDeny' },
  { name: 'Deny with NotResource spares it', own: [allow('*'), { Effect: 'Deny', Action: '*', NotResource: lambda('a') }], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  // Actions without a resource
  { name: 'an action without resource needs *', own: [allow('lambda:ListFunctions', `arn:aws:lambda:us-east-1:${ME}:function:*`)], action: 'lambda:ListFunctions', is: 'implicitDeny' },
  { name: 'an action without resource under *', own: [allow('lambda:ListFunctions')], action: 'lambda:ListFunctions', is: 'allowed' },
  { name: 'an action that AWS does not list', own: [allow('shop:SellBook')], action: 'shop:SellBook', on: 'arn:aws:shop:us-east-1:1:book/1', is: 'allowed' },
  { name: 'a key of KMS whose policy trusts the account', own: [allow('kms:Decrypt')], action: 'kms:Decrypt', on: `arn:aws:kms:us-east-1:${ME}:key/1`, is: 'allowed' },
  { name: 'a key of KMS that the policy does not name', own: [allow('kms:Decrypt', `arn:aws:kms:us-east-1:${ME}:key/1`)], action: 'kms:Decrypt', on: `arn:aws:kms:us-east-1:${ME}:key/2`, is: 'implicitDeny' },
  // Resources that end in a star of their own
  { name: 'a log group with all its streams', own: [allow('logs:PutLogEvents', `${logGroup}:*`)], action: 'logs:PutLogEvents', on: `${logGroup}:log-stream:2026/01/01/[$LATEST]abc`, is: 'allowed' },
  { name: 'a log group without :* is not its streams', own: [allow('logs:PutLogEvents', logGroup)], action: 'logs:PutLogEvents', on: `${logGroup}:log-stream:x`, is: 'implicitDeny' },
  { name: 'one stream does not open the whole group', own: [allow('logs:DeleteLogGroup', `${logGroup}:log-stream:x`)], action: 'logs:DeleteLogGroup', on: `${logGroup}:*`, is: 'implicitDeny' },
  { name: 'a REST API below its path', own: [allow('apigateway:GET', 'arn:aws:apigateway:us-east-1::/restapis/*')], action: 'apigateway:GET', on: 'arn:aws:apigateway:us-east-1::/restapis/abc/resources/x', is: 'allowed' },
  { name: 'invoking one method of one stage', own: [allow('execute-api:Invoke', `arn:aws:execute-api:us-east-1:${ME}:abc/prod/GET/books`)], action: 'execute-api:Invoke', on: `arn:aws:execute-api:us-east-1:${ME}:abc/dev/GET/books`, is: 'implicitDeny' },
  // Variables
  { name: 'a variable in the resource', own: [allow('iam:GetUser', `arn:aws:iam::${ME}:user/\${aws:username}`)], action: 'iam:GetUser', on: user, context: { 'aws:username': 'an' }, is: 'allowed' },
  { name: 'a variable of somebody else', own: [allow('iam:GetUser', `arn:aws:iam::${ME}:user/\${aws:username}`)], action: 'iam:GetUser', on: user, context: { 'aws:username': 'binh' }, is: 'implicitDeny' },
  { name: 'a variable that the call does not carry', own: [allow('iam:GetUser', `arn:aws:iam::${ME}:user/\${aws:username}`)], action: 'iam:GetUser', on: user, is: 'implicitDeny' },
  // Conditions
  { name: 'StringEquals holds', own: [allow('lambda:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })], action: 'lambda:GetFunction', context: { 'aws:RequestedRegion': 'us-east-1' }, is: 'allowed' },
  { name: 'StringEquals does not hold', own: [allow('lambda:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })], action: 'lambda:GetFunction', context: { 'aws:RequestedRegion': 'eu-west-1' }, is: 'implicitDeny' },
  { name: 'StringEquals without the key', own: [allow('lambda:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })], action: 'lambda:GetFunction', is: 'implicitDeny' },
  { name: 'StringEqualsIfExists without the key', own: [allow('lambda:*', '*', { StringEqualsIfExists: { 'aws:RequestedRegion': 'us-east-1' } })], action: 'lambda:GetFunction', is: 'allowed' },
  { name: 'StringNotEquals without the key holds', own: [allow('*'), deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } })], action: 'lambda:GetFunction', is: 'explicitDeny' },
  { name: 'StringLike with a wildcard', own: [allow('s3:ListBucket', '*', { StringLike: { 's3:prefix': 'home/*' } })], action: 's3:ListBucket', on: 'arn:aws:s3:::shop', context: { 's3:prefix': 'home/an' }, is: 'allowed' },
  { name: 'several values are alternatives', own: [allow('lambda:*', '*', { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } })], action: 'lambda:GetFunction', context: { 'aws:RequestedRegion': 'us-west-2' }, is: 'allowed' },
  { name: 'several operators must all hold', own: [allow('lambda:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' }, Bool: { 'aws:SecureTransport': 'true' } })], action: 'lambda:GetFunction', context: { 'aws:RequestedRegion': 'us-east-1', 'aws:SecureTransport': 'false' }, is: 'implicitDeny' },
  { name: 'Bool', own: [allow('*'), deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })], action: 'lambda:GetFunction', context: { 'aws:SecureTransport': 'false' }, is: 'explicitDeny' },
  { name: 'Null: the key must be there', own: [allow('lambda:*', '*', { Null: { 'aws:TokenIssueTime': 'false' } })], action: 'lambda:GetFunction', is: 'implicitDeny' },
  { name: 'NumericLessThanEquals', own: [allow('s3:ListBucket', '*', { NumericLessThanEquals: { 's3:max-keys': '10' } })], action: 's3:ListBucket', on: 'arn:aws:s3:::shop', context: { 's3:max-keys': '10' }, is: 'allowed' },
  { name: 'NumericLessThanEquals beyond', own: [allow('s3:ListBucket', '*', { NumericLessThanEquals: { 's3:max-keys': '10' } })], action: 's3:ListBucket', on: 'arn:aws:s3:::shop', context: { 's3:max-keys': '11' }, is: 'implicitDeny' },
  { name: 'DateLessThan has passed', own: [allow('lambda:*', '*', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })], action: 'lambda:GetFunction', is: 'implicitDeny' },
  { name: 'DateGreaterThan has passed', own: [allow('lambda:*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })], action: 'lambda:GetFunction', is: 'allowed' },
  { name: 'IpAddress inside', own: [allow('lambda:*', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], action: 'lambda:GetFunction', context: { 'aws:SourceIp': '203.0.113.7' }, is: 'allowed' },
  { name: 'IpAddress outside', own: [allow('lambda:*', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], action: 'lambda:GetFunction', context: { 'aws:SourceIp': '198.51.100.7' }, is: 'implicitDeny' },
  { name: 'ArnLike', own: [allow('iam:AttachRolePolicy', '*', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/*' } })], action: 'iam:AttachRolePolicy', on: role, context: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }, is: 'allowed' },
  { name: 'ArnLike keeps AdministratorAccess out', own: [allow('iam:AttachRolePolicy', '*', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/*' } })], action: 'iam:AttachRolePolicy', on: role, context: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' }, is: 'implicitDeny' },
  { name: 'PassRole to Lambda only', own: [allow('iam:PassRole', role, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })], action: 'iam:PassRole', on: role, context: { 'iam:PassedToService': 'ec2.amazonaws.com' }, is: 'implicitDeny' },
  { name: 'ForAllValues: every tag key is known', own: [allow('lambda:TagResource', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } })], action: 'lambda:TagResource', on: lambda('a'), context: { 'aws:TagKeys': ['team', 'cost'] }, is: 'allowed' },
  { name: 'ForAllValues: one tag key too many', own: [allow('lambda:TagResource', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })], action: 'lambda:TagResource', on: lambda('a'), context: { 'aws:TagKeys': ['team', 'cost'] }, is: 'implicitDeny' },
  { name: 'ForAnyValue: one is enough', own: [allow('dynamodb:GetItem', '*', { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': 'an*' } })], action: 'dynamodb:GetItem', on: table, context: { 'dynamodb:LeadingKeys': ['binh', 'an-1'] }, is: 'allowed' },
  { name: 'a tag of the resource', own: [allow('lambda:*', '*', { StringEquals: { 'aws:ResourceTag/team': 'books' } })], action: 'lambda:GetFunction', on: lambda('a'), context: { 'aws:ResourceTag/team': 'books' }, is: 'allowed' },
  { name: 'a tag of the resource equal to that of the caller', own: [allow('lambda:*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })], action: 'lambda:GetFunction', on: lambda('a'), context: { 'aws:ResourceTag/team': 'books', 'aws:PrincipalTag/team': 'toys' }, is: 'implicitDeny' },
  { name: 'a key that the action does not have is simply compared', own: [allow('lambda:ListFunctions', '*', { StringEquals: { 's3:prefix': 'x' } })], action: 'lambda:ListFunctions', context: { 's3:prefix': 'x' }, is: 'allowed' },
  // Boundary
  { name: 'inside the boundary', own: [allow('*')], boundary: [allow('lambda:*')], action: 'lambda:GetFunction', on: lambda('a'), is: 'allowed' },
  { name: 'outside the boundary', own: [allow('*')], boundary: [allow('lambda:*')], action: 's3:GetObject', on: 'arn:aws:s3:::shop/a', is: 'implicitDeny' },
  { name: 'a boundary gives nothing by itself', boundary: [allow('*')], action: 'lambda:GetFunction', on: lambda('a'), is: 'implicitDeny' },
  { name: 'Deny in the boundary', own: [allow('*')], boundary: [allow('*'), deny('lambda:*')], action: 'lambda:GetFunction', on: lambda('a'), is: 'explicitDeny' },
  // Resource policies
  { name: 'the resource names the user', resourcePolicy: [grant({ AWS: user }, 'sns:Publish')], action: 'sns:Publish', is: 'allowed' },
  { name: 'the resource names the account only', resourcePolicy: [grant({ AWS: `arn:aws:iam::${ME}:root` }, 'sns:Publish')], action: 'sns:Publish', is: 'implicitDeny' },
  { name: 'the resource names the account, the user is allowed', own: [allow('sns:Publish')], resourcePolicy: [grant({ AWS: `arn:aws:iam::${ME}:root` }, 'sns:Publish')], action: 'sns:Publish', is: 'allowed' },
  { name: 'the resource denies', own: [allow('*')], resourcePolicy: [grant('*', 'sns:Publish', 'Deny')], action: 'sns:Publish', is: 'explicitDeny' },
  { name: 'a grant to the user is not bounded', boundary: [allow('lambda:*')], resourcePolicy: [grant({ AWS: user }, 'sns:Publish')], action: 'sns:Publish', is: 'allowed' },
  { name: 'a grant to the role is bounded', caller: role, boundary: [allow('lambda:*')], resourcePolicy: [grant({ AWS: role }, 'sns:Publish')], action: 'sns:Publish', is: 'implicitDeny' },
  { name: 'another account: only the caller allows', own: [allow('sns:Publish')], resourcePolicy: [grant({ AWS: `arn:aws:iam::${OTHER}:root` }, 'sns:Publish')], owner: OTHER, action: 'sns:Publish', is: 'implicitDeny' },
  { name: 'another account: only the resource allows', resourcePolicy: [grant({ AWS: user }, 'sns:Publish')], owner: OTHER, action: 'sns:Publish', is: 'implicitDeny' },
  { name: 'another account: both allow', own: [allow('sns:Publish')], resourcePolicy: [grant({ AWS: ME }, 'sns:Publish')], owner: OTHER, action: 'sns:Publish', is: 'allowed' },
  // AWS managed policies
  { name: 'basic execution role writes logs', managed: 'service-role/AWSLambdaBasicExecutionRole', action: 'logs:PutLogEvents', on: `${logGroup}:log-stream:x`, is: 'allowed' },
  { name: 'basic execution role reads no table', managed: 'service-role/AWSLambdaBasicExecutionRole', action: 'dynamodb:GetItem', on: table, is: 'implicitDeny' },
  { name: 'power users manage functions', managed: 'PowerUserAccess', action: 'lambda:CreateFunction', on: lambda('a'), is: 'allowed' },
  { name: 'power users make no users', managed: 'PowerUserAccess', action: 'iam:CreateUser', on: user, is: 'implicitDeny' },
  { name: 'Lambda full access passes roles to Lambda', managed: 'AWSLambda_FullAccess', action: 'iam:PassRole', on: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' }, is: 'allowed' },
  { name: 'Lambda full access passes none to EC2', managed: 'AWSLambda_FullAccess', action: 'iam:PassRole', on: role, context: { 'iam:PassedToService': 'ec2.amazonaws.com' }, is: 'implicitDeny' },
  { name: 'S3 read only does not write', managed: 'AmazonS3ReadOnlyAccess', action: 's3:PutObject', on: 'arn:aws:s3:::shop/a', is: 'implicitDeny' },
]

function documentOf({ own, managed }: Case): string[] {
  return [...(own ? [policy(...own)] : []), ...(managed ? [awsManaged.get(`arn:aws:iam::aws:policy/${managed}`)!.document] : [])]
}

describe('IAM decides', () => {
  it.each(cases)('$name: $is', async (one) => {
    const { EvaluationResults } = await account.iam().send(
      new SimulateCustomPolicyCommand({
        // The list must not be empty; this statement allows nothing that is asked.
        PolicyInputList: [...documentOf(one), policy(allow('none:Nothing'))],
        ...(one.boundary ? { PermissionsBoundaryPolicyInputList: [policy(...one.boundary)] } : {}),
        ...(one.resourcePolicy ? { ResourcePolicy: policy(...one.resourcePolicy) } : {}),
        ...(one.owner ? { ResourceOwner: `arn:aws:iam::${one.owner}:root` } : {}),
        CallerArn: one.caller ?? user,
        ActionNames: [one.action],
        ...(one.on ? { ResourceArns: [one.on] } : {}),
        ContextEntries: Object.entries(one.context ?? {}).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyValues: [value].flat(),
          ContextKeyType: (Array.isArray(value) ? 'stringList' : 'string') as ContextKeyTypeEnum,
        })),
      }),
    )
    expect(EvaluationResults).toHaveLength(1)
    expect(EvaluationResults![0]!.EvalDecision).toBe(one.is)
  })

  it.each(cases.filter((one) => one.is === 'implicitDeny' && !one.boundary && !one.resourcePolicy))('the smallest statement mends it: $name', async (one) => {
    const statement = await smallestStatement(one.action, one.on ?? '*')
    const policies = [...documentOf(one), policy(statement)].map((text, i) => ({ name: `p${i}`, document: JSON.parse(text) }))
    const inquiry = { principal: user, kind: 'IAMUser' as const, action: one.action, resource: one.on ?? '*', isSameAccount: true, context: one.context ?? {} }
    expect(judge(inquiry, { identity: policies.slice(0, -1), sessions: [] }).allowed).toBe(false)
    expect(judge(inquiry, { identity: policies, sessions: [] }).allowed).toBe(true)
  })
})

describe('a session of a role', () => {
  const session = `arn:aws:sts::${ME}:assumed-role/worker/job`
  const named = (...statements: Statements) => ({ name: 'p', document: JSON.parse(policy(...statements)) })
  const ask = (policies: { own?: Statements; sessions?: Statements[]; resource?: Statements; boundary?: Statements }, action = 'sns:Publish'): Verdict =>
    judge(
      { principal: session, kind: 'AssumedRole', roleArn: role, action, resource: `arn:aws:sns:us-east-1:${ME}:t`, isSameAccount: true, context: {} },
      {
        identity: policies.own ? [named(...policies.own)] : [],
        sessions: (policies.sessions ?? []).map((one) => named(...one)),
        resource: policies.resource && named(...policies.resource),
        boundary: policies.boundary && named(...policies.boundary),
      },
    )

  it.each([
    ['the role alone', { own: [allow('sns:*')] }, true, undefined],
    ['narrowed by its session policy', { own: [allow('*')], sessions: [[allow('sns:Subscribe')]] }, false, 'session'],
    ['the session policy allows, the role does not', { own: [allow('s3:*')], sessions: [[allow('*')]] }, false, 'identity'],
    ['several session policies are one bound together', { own: [allow('*')], sessions: [[allow('s3:*')], [allow('sns:*')]] }, true, undefined],
    ['a Deny in one of them decides', { own: [allow('*')], sessions: [[allow('*')], [deny('sns:*')]] }, false, 'session'],
    ['a grant to the role is narrowed', { sessions: [[allow('s3:*')]], resource: [grant({ AWS: role }, 'sns:*')] }, false, 'session'],
    ['a grant to the very session is not', { sessions: [[allow('s3:*')]], resource: [grant({ AWS: session }, 'sns:*')] }, true, undefined],
    ['a Deny for the role meets its session', { own: [allow('*')], resource: [grant({ AWS: role }, 'sns:*', 'Deny')] }, false, 'resource'],
    ['the boundary of the role counts', { own: [allow('*')], boundary: [allow('s3:*')] }, false, 'boundary'],
  ] as const)('%s', (_, policies, allowed, by) => {
    const verdict = ask(policies as never)
    expect(verdict.allowed).toBe(allowed)
    if (!verdict.allowed) expect(verdict.by).toBe(by)
  })
})

describe('a service, or nobody, calls', () => {
  const fn = lambda('books')
  const ofApi = (api: string) => ({ 'aws:SourceArn': `arn:aws:execute-api:us-east-1:${ME}:${api}/dev/GET/books`, 'aws:SourceAccount': ME })
  const permission = (principal: unknown, condition?: object) => ({ Effect: 'Allow', Principal: principal, Action: 'lambda:InvokeFunction', Resource: fn, ...(condition ? { Condition: condition } : {}) })
  const ask = (principal: string, statement: object, context: Record<string, string> = {}) =>
    judge({ principal, kind: 'Service', action: 'lambda:InvokeFunction', resource: fn, isSameAccount: true, context }, { identity: [], sessions: [], resource: { name: 'p', document: JSON.parse(policy(statement)) } }).allowed
  const one = { ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:us-east-1:${ME}:abc/*/GET/books` } }

  it.each([
    ['the API that the permission names', 'apigateway.amazonaws.com', permission({ Service: 'apigateway.amazonaws.com' }, one), ofApi('abc'), true],
    ['another API', 'apigateway.amazonaws.com', permission({ Service: 'apigateway.amazonaws.com' }, one), ofApi('xyz'), false],
    ['another service', 's3.amazonaws.com', permission({ Service: 'apigateway.amazonaws.com' }, one), ofApi('abc'), false],
    ['a service where the permission names everybody', 'apigateway.amazonaws.com', permission('*'), {}, true],
    ['nobody where the permission names everybody', ANONYMOUS, permission('*'), {}, true],
    ['nobody where it names everybody under a condition', ANONYMOUS, permission('*', { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }), {}, false],
    ['nobody where it names an account', ANONYMOUS, permission({ AWS: ME }), {}, false],
    ['nobody where it names a service', ANONYMOUS, permission({ Service: 'apigateway.amazonaws.com' }), {}, false],
  ] as const)('%s', (_, principal, statement, context, allowed) => {
    expect(ask(principal, statement, context as never)).toBe(allowed)
  })
})
