import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, CreateUserCommand, DeleteUserCommand, GetRoleCommand, GetUserCommand, IAMClient, ListRolesCommand, PutUserPolicyCommand, TagUserCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { AddPermissionCommand, CreateFunctionCommand, GetFunctionCommand, LambdaClient, ListFunctionsCommand, PutFunctionConcurrencyCommand, TagResourceCommand } from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ECHO, trust } from '../lambda/testing'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'

let account: TestAccount
let id: string
let keys: Keys
beforeAll(async () => {
  account = await startTestAccount()
  id = account.accountId
  keys = await account.user('caller')
  await account.iam().send(new CreateRoleCommand({ RoleName: 'execution', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }))
  const trusted = policy({ Effect: 'Allow', Principal: { AWS: id }, Action: ['sts:AssumeRole'] })
  await account.iam().send(new CreateRoleCommand({ RoleName: 'assumed', AssumeRolePolicyDocument: trusted, Tags: [{ Key: 'team', Value: 'books' }] }))
  const settings = { endpoint: account.sandbox.url, region: 'us-east-1', credentials: account.keys, maxAttempts: 1 }
  const create = new CreateFunctionCommand({ FunctionName: 'books', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: `arn:aws:iam::${id}:role/execution`, Code: { ZipFile: ECHO }, Tags: { team: 'books' } })
  await new LambdaClient(settings).send(create)
  await new CloudWatchLogsClient(settings).send(new CreateLogGroupCommand({ logGroupName: '/shop/books' }))
})
afterAll(() => account.close())

interface Clients {
  iam: IAMClient
  sts: STSClient
  lambda: LambdaClient
  logs: CloudWatchLogsClient
}

const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) })
const deny = (Action: string, Resource = '*', Condition?: object) => ({ ...allow(Action, Resource, Condition), Effect: 'Deny' })
const getFunction = ({ lambda }: Clients) => lambda.send(new GetFunctionCommand({ FunctionName: 'books' }))
const createFunction = ({ lambda }: Clients) =>
  lambda.send(new CreateFunctionCommand({ FunctionName: `f${Math.random().toString(36).slice(2)}`, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: `arn:aws:iam::${id}:role/execution`, Code: { ZipFile: ECHO } }))
const assume = ({ sts }: Clients, more: object = {}) => sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${id}:role/assumed`, RoleSessionName: 'job', ...more }))
const addPermission = (Principal: string) => ({ lambda }: Clients) =>
  lambda.send(new AddPermissionCommand({ FunctionName: 'books', StatementId: `s${Math.random().toString(36).slice(2)}`, Action: 'lambda:InvokeFunction', Principal }))
const tagUser = (Key: string, Value: string) => ({ iam }: Clients) => iam.send(new TagUserCommand({ UserName: 'caller', Tags: [{ Key, Value }] }))
const inRegion = (region: string) => ({ StringEquals: { 'aws:RequestedRegion': region } })

/** What the caller's policy says (ID stands for the account), what is called, in which region, and whether it may. */
const table: [string, object[], (clients: Clients) => Promise<unknown>, boolean, string?][] = [
  ['Lambda: nothing', [], getFunction, false],
  ['Lambda: the function', [allow('lambda:GetFunction', 'arn:aws:lambda:us-east-1:ID:function:books')], getFunction, true],
  ['Lambda: another function', [allow('lambda:GetFunction', 'arn:aws:lambda:us-east-1:ID:function:toys')], getFunction, false],
  ['Lambda: functions by the begin of their names', [allow('lambda:GetFunction', 'arn:aws:lambda:*:*:function:boo*')], getFunction, true],
  ['Lambda: another region', [allow('lambda:GetFunction', 'arn:aws:lambda:us-east-1:ID:function:books')], getFunction, false, 'eu-west-1'],
  ['Lambda: the tag of the function', [allow('lambda:GetFunction', '*', { StringEquals: { 'aws:ResourceTag/team': 'books' } })], getFunction, true],
  ['Lambda: another tag of the function', [allow('lambda:GetFunction', '*', { StringEquals: { 'aws:ResourceTag/team': 'toys' } })], getFunction, false],
  ['Lambda: by region asked', [allow('lambda:*', '*', inRegion('us-east-1'))], getFunction, true],
  ['Lambda: by region asked, another', [allow('lambda:*', '*', inRegion('us-east-1'))], getFunction, false, 'eu-west-1'],
  ['Lambda: all but delete', [{ Effect: 'Allow', NotAction: 'lambda:DeleteFunction', Resource: '*' }], getFunction, true],
  ['Lambda: a list has no resource', [allow('lambda:ListFunctions', 'arn:aws:lambda:us-east-1:ID:function:*')], ({ lambda }) => lambda.send(new ListFunctionsCommand({})), false],
  ['Lambda: a list under *', [allow('lambda:ListFunctions')], ({ lambda }) => lambda.send(new ListFunctionsCommand({})), true],
  ['Lambda: create without PassRole', [allow('lambda:*')], createFunction, false],
  ['Lambda: create with PassRole', [allow('lambda:*'), allow('iam:PassRole', 'arn:aws:iam::ID:role/execution')], createFunction, true],
  ['Lambda: create with PassRole of another role', [allow('lambda:*'), allow('iam:PassRole', 'arn:aws:iam::ID:role/other')], createFunction, false],
  ['Lambda: create with PassRole to Lambda', [allow('lambda:*'), allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })], createFunction, true],
  ['Lambda: create with PassRole to EC2', [allow('lambda:*'), allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } })], createFunction, false],
  ['Lambda: permissions for S3 only', [allow('lambda:AddPermission', '*', { StringEquals: { 'lambda:Principal': 's3.amazonaws.com' } })], addPermission('s3.amazonaws.com'), true],
  ['Lambda: permissions for S3 only, not for everybody', [allow('lambda:AddPermission', '*', { StringEquals: { 'lambda:Principal': 's3.amazonaws.com' } })], addPermission('*'), false],
  ['Lambda: tags of one key', [allow('lambda:TagResource', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })], ({ lambda }) => lambda.send(new TagResourceCommand({ Resource: `arn:aws:lambda:us-east-1:${id}:function:books`, Tags: { team: 'books' } })), true],
  ['Lambda: tags of another key', [allow('lambda:TagResource', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })], ({ lambda }) => lambda.send(new TagResourceCommand({ Resource: `arn:aws:lambda:us-east-1:${id}:function:books`, Tags: { cost: '1' } })), false],
  ['Lambda: a Deny of one action', [allow('*'), deny('lambda:PutFunctionConcurrency')], ({ lambda }) => lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'books', ReservedConcurrentExecutions: 1 })), false],
  ['IAM: nothing', [], ({ iam }) => iam.send(new ListRolesCommand({})), false],
  ['IAM: reading only', [allow(['iam:Get*', 'iam:List*'])], ({ iam }) => iam.send(new ListRolesCommand({})), true],
  ['IAM: reading only does not write', [allow(['iam:Get*', 'iam:List*'])], ({ iam }) => iam.send(new CreateUserCommand({ UserName: 'x' })), false],
  ['IAM: oneself by variable', [allow('iam:GetUser', 'arn:aws:iam::ID:user/${aws:username}')], ({ iam }) => iam.send(new GetUserCommand({ UserName: 'caller' })), true],
  ['IAM: others are not oneself', [allow('iam:GetUser', 'arn:aws:iam::ID:user/${aws:username}')], ({ iam }) => iam.send(new GetUserCommand({ UserName: 'learner' })), false],
  ['IAM: the tag of a role', [allow('iam:GetRole', '*', { StringEquals: { 'aws:ResourceTag/team': 'books' } })], ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'assumed' })), true],
  ['IAM: a role without the tag', [allow('iam:GetRole', '*', { StringEquals: { 'aws:ResourceTag/team': 'books' } })], ({ iam }) => iam.send(new GetRoleCommand({ RoleName: 'execution' })), false],
  ['IAM: the tag that is asked for', [allow('iam:TagUser', '*', { StringLike: { 'aws:RequestTag/team': 'b*' } })], tagUser('team', 'books'), true],
  ['IAM: another tag', [allow('iam:TagUser', '*', { StringLike: { 'aws:RequestTag/team': 'b*' } })], tagUser('team', 'toys'), false],
  ['IAM: all but users', [allow('iam:*'), { Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::ID:role/*' }], ({ iam }) => iam.send(new DeleteUserCommand({ UserName: 'learner' })), false],
  ['IAM: all but users: roles', [allow('iam:*'), { Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::ID:role/*' }], ({ iam }) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'execution', PolicyDocument: trust('lambda.amazonaws.com') })), true],
  ['IAM: only with temporary credentials', [allow('iam:*', '*', { Null: { 'aws:TokenIssueTime': 'false' } })], ({ iam }) => iam.send(new ListRolesCommand({})), false],
  ['IAM: only from this address', [allow('iam:*', '*', { IpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '::1/128'] } })], ({ iam }) => iam.send(new ListRolesCommand({})), true],
  ['IAM: only from another address', [allow('iam:*', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })], ({ iam }) => iam.send(new ListRolesCommand({})), false],
  ['IAM: not after a day long past', [allow('iam:*', '*', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })], ({ iam }) => iam.send(new ListRolesCommand({})), false],
  ['STS: who one is needs nothing', [deny('*')], ({ sts }) => sts.send(new GetCallerIdentityCommand({})), true],
  ['STS: the role', [allow('sts:AssumeRole', 'arn:aws:iam::ID:role/assumed')], assume, true],
  ['STS: another role', [allow('sts:AssumeRole', 'arn:aws:iam::ID:role/execution')], assume, false],
  ['STS: with tags, whom the role does not let tag', [allow('sts:*')], (clients) => assume(clients, { Tags: [{ Key: 'a', Value: 'b' }] }), false],
  ['STS: under a name of one’s own only', [allow('sts:AssumeRole', '*', { StringEquals: { 'sts:RoleSessionName': '${aws:username}' } })], assume, false],
  ['STS: under one’s own name', [allow('sts:AssumeRole', '*', { StringEquals: { 'sts:RoleSessionName': '${aws:username}' } })], (clients) => assume(clients, { RoleSessionName: 'caller' }), true],
  ['Logs: nothing', [], ({ logs }) => logs.send(new DescribeLogGroupsCommand({})), false],
  ['Logs: the list', [allow('logs:DescribeLogGroups')], ({ logs }) => logs.send(new DescribeLogGroupsCommand({})), true],
  ['Logs: the group', [allow('logs:PutRetentionPolicy', 'arn:aws:logs:us-east-1:ID:log-group:/shop/books:*')], ({ logs }) => logs.send(new PutRetentionPolicyCommand({ logGroupName: '/shop/books', retentionInDays: 1 })), true],
  ['Logs: another group', [allow('logs:PutRetentionPolicy', 'arn:aws:logs:us-east-1:ID:log-group:/shop/toys:*')], ({ logs }) => logs.send(new PutRetentionPolicyCommand({ logGroupName: '/shop/books', retentionInDays: 1 })), false],
]

describe('a call', () => {
  it.each(table)('%s', async (_, statements, call, allowed, region = 'us-east-1') => {
    const PolicyDocument = policy(...(statements.length > 0 ? statements : [allow('none:Nothing')])).replaceAll('ID', id)
    await account.iam().send(new PutUserPolicyCommand({ UserName: 'caller', PolicyName: 'own', PolicyDocument }))
    const settings = { endpoint: account.sandbox.url, region, credentials: keys, maxAttempts: 1 }
    const clients = { iam: new IAMClient(settings), sts: new STSClient(settings), lambda: new LambdaClient(settings), logs: new CloudWatchLogsClient(settings) }
    const error = await call(clients).then(() => undefined, (thrown: Error) => thrown)
    if (allowed) expect(error).toBeUndefined()
    else expect(error?.name).toMatch(/^AccessDenied(Exception)?$/)
  })
})
