import * as sdk from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'

let account: TestAccount
let iam: sdk.IAMClient
let keys: Keys
let worker: Keys
const arn = (path: string) => `arn:aws:iam::${account.accountId}:${path}`
const allow = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' })

beforeAll(async () => {
  account = await startTestAccount()
  iam = account.iam()
  keys = await account.user('an', [allow(['lambda:List*', 'sns:Publish', 'sts:*'])])
  await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'logs', PolicyDocument: policy(allow('logs:*'), { ...allow('dynamodb:*'), Effect: 'Deny' }) }))
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'team' }))
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: arn('policy/logs') }))
  await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'team', UserName: 'an' }))
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', Path: '/jobs/', AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: account.accountId }, Action: 'sts:AssumeRole' }) }))
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'own', PolicyDocument: policy({ Effect: 'Allow', NotAction: ['iam:*', 's3:Get*'], Resource: '*' }) }))
  await new LambdaClient({ endpoint: account.sandbox.url, region: 'us-east-1', credentials: keys, maxAttempts: 1 }).send(new ListFunctionsCommand({}))
  const { Credentials } = await account.sts().send(new AssumeRoleCommand({ RoleArn: arn('role/jobs/worker'), RoleSessionName: 'job' }))
  worker = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
  await account.sts(worker).send(new GetCallerIdentityCommand({}))
})
afterAll(() => account.close())

async function report(Arn: string, Granularity?: 'ACTION_LEVEL') {
  const { JobId } = await iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }))
  return { JobId: JobId!, ...(await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 1000 }))) }
}

describe('a report of what was called last', () => {
  it('has the services that a user’s policies open, with those of the groups, and the calls', async () => {
    const shown = await report(arn('user/an'))
    expect(shown).toMatchObject({ JobStatus: 'COMPLETED', JobType: 'SERVICE_LEVEL', IsTruncated: false })
    expect(shown.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace)).toEqual(['lambda', 'logs', 'sns', 'sts'])
    expect(shown.ServicesLastAccessed![0]).toMatchObject({ ServiceName: 'AWS Lambda', LastAuthenticated: expect.any(Date), LastAuthenticatedEntity: arn('user/an'), LastAuthenticatedRegion: 'us-east-1', TotalAuthenticatedEntities: 1 })
    expect(shown.ServicesLastAccessed![1]).toEqual({ ServiceName: 'Amazon CloudWatch Logs', ServiceNamespace: 'logs', TotalAuthenticatedEntities: 0 })
  })

  it('tells single actions where they are asked for', async () => {
    const { ServicesLastAccessed } = await report(arn('user/an'), 'ACTION_LEVEL')
    expect(ServicesLastAccessed![0]!.TrackedActionsLastAccessed).toMatchObject([{ ActionName: 'ListFunctions', LastAccessedEntity: arn('user/an') }])
  })

  it('counts the sessions of a role as the role', async () => {
    const { JobId, ServicesLastAccessed } = await report(arn('role/jobs/worker'))
    const of = (namespace: string) => ServicesLastAccessed!.find(({ ServiceNamespace }) => ServiceNamespace === namespace)
    expect(of('iam')).toBeUndefined()
    expect(of('s3')).toMatchObject({ TotalAuthenticatedEntities: 0 })
    expect(of('sts')).toMatchObject({ LastAuthenticatedEntity: arn('role/jobs/worker') })
    const { EntityDetailsList } = await iam.send(new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 'sts' }))
    expect(EntityDetailsList).toMatchObject([{ EntityInfo: { Arn: arn('role/jobs/worker'), Name: 'worker', Type: 'ROLE', Path: '/jobs/' }, LastAuthenticated: expect.any(Date) }])
  })

  it('of a policy or a group counts the users who have it', async () => {
    expect((await report(arn('policy/logs'))).ServicesLastAccessed).toMatchObject([{ ServiceNamespace: 'logs', TotalAuthenticatedEntities: 0 }])
    const byAdmins = await report('arn:aws:iam::aws:policy/AdministratorAccess')
    expect(byAdmins.ServicesLastAccessed!.find(({ ServiceNamespace }) => ServiceNamespace === 'iam')).toMatchObject({ LastAuthenticatedEntity: arn('user/learner') })
    expect((await report(arn('group/team'))).ServicesLastAccessed).toMatchObject([{ ServiceNamespace: 'logs' }])
  })

  it('comes in pages', async () => {
    const { JobId } = await report(arn('user/an'))
    const first = await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, MaxItems: 3 }))
    expect(first).toMatchObject({ IsTruncated: true })
    const rest = await iam.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, Marker: first.Marker }))
    expect(rest.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace)).toEqual(['sts'])
  })
})

describe('the policies that open a service', () => {
  it('are named with whom they are in', async () => {
    const { PoliciesGrantingServiceAccess } = await iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn: arn('user/an'), ServiceNamespaces: ['logs', 'lambda', 'dynamodb'] }))
    expect(PoliciesGrantingServiceAccess).toEqual([
      { ServiceNamespace: 'dynamodb', Policies: [] },
      { ServiceNamespace: 'lambda', Policies: [{ PolicyName: 'own', PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'an' }] },
      { ServiceNamespace: 'logs', Policies: [{ PolicyName: 'logs', PolicyType: 'MANAGED', PolicyArn: arn('policy/logs') }] },
    ])
  })
})

describe('the tokens of the global endpoint', () => {
  it('are of the version that was said', async () => {
    const version = async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap!.GlobalEndpointTokenVersion
    expect(await version()).toBe(1)
    await iam.send(new sdk.SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v2Token' }))
    expect(await version()).toBe(2)
  })
})
