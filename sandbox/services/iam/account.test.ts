import * as sdk from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
let iam: sdk.IAMClient
beforeAll(async () => {
  account = await startTestAccount()
  iam = account.iam()
})
afterAll(() => account.close())

const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })
const reads = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })

describe('instance profiles', () => {
  const InstanceProfileName = 'web'

  it('hold one role, which cannot be deleted meanwhile', async () => {
    const { InstanceProfile } = await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName, Path: '/shop/', Tags: [{ Key: 'team', Value: 'books' }] }))
    expect(InstanceProfile).toMatchObject({ Arn: `arn:aws:iam::${account.accountId}:instance-profile/shop/web`, InstanceProfileId: expect.stringMatching(/^AIPA/), Roles: [] })
    for (const RoleName of ['server', 'other']) await iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
    await iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: 'server' }))
    await expect(iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: 'other' }))).rejects.toMatchObject({ name: 'LimitExceededException' })
    const shown = (await iam.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile!
    expect(shown).toMatchObject({ Roles: [{ RoleName: 'server' }], Tags: [{ Key: 'team', Value: 'books' }] })
    expect((await iam.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: 'server' }))).InstanceProfiles).toMatchObject([{ InstanceProfileName }])
    expect((await iam.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: '/shop/' }))).InstanceProfiles).toHaveLength(1)
    await expect(iam.send(new sdk.DeleteRoleCommand({ RoleName: 'server' }))).rejects.toThrow('must remove roles from instance profile first')
    await expect(iam.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
  })

  it('carry tags', async () => {
    await iam.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'env', Value: 'dev' }] }))
    await iam.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['team'] }))
    expect((await iam.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName }))).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
  })

  it('are deleted once they hold no role', async () => {
    await iam.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: 'server' }))
    await expect(iam.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: 'server' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await iam.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName }))
    await expect(iam.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName }))).rejects.toThrow('Instance Profile web cannot be found.')
  })

  it('take a role only from those who may pass it', async () => {
    await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'passing' }))
    const keys = await account.user('passer', [{ Effect: 'Allow', Action: 'iam:AddRoleToInstanceProfile', Resource: '*' }])
    const add = account.iam(keys).send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: 'passing', RoleName: 'other' }))
    await expect(add).rejects.toThrow(/not authorized to perform: iam:PassRole/)
  })
})

describe('console passwords', () => {
  it('are held against the policy, given, changed and taken away, and never shown', async () => {
    const keys = await account.user('an', [{ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' }])
    const create = (Password: string) => iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'an', Password, PasswordResetRequired: true }))
    await expect(create('short')).rejects.toMatchObject({ name: 'PasswordPolicyViolationException' })
    expect((await create('Correct-horse-1')).LoginProfile).toMatchObject({ UserName: 'an', PasswordResetRequired: true })
    await expect(create('Correct-horse-1')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException', message: 'Login Profile for user an already exists.' })
    const change = (OldPassword: string, NewPassword: string) => account.iam(keys).send(new sdk.ChangePasswordCommand({ OldPassword, NewPassword }))
    await expect(change('wrong', 'Battery-staple-2')).rejects.toMatchObject({ name: 'InvalidInputException' })
    await change('Correct-horse-1', 'Battery-staple-2')
    expect((await iam.send(new sdk.GetLoginProfileCommand({ UserName: 'an' }))).LoginProfile!.PasswordResetRequired).toBe(false)
    await iam.send(new sdk.UpdateLoginProfileCommand({ UserName: 'an', PasswordResetRequired: true }))
    const events = await account.admin('GET', `/_worklab/accounts/${account.accountId}/events`)
    expect(JSON.stringify(events)).not.toMatch(/Correct-horse|Battery-staple/)
    await iam.send(new sdk.DeleteLoginProfileCommand({ UserName: 'an' }))
    await expect(iam.send(new sdk.GetLoginProfileCommand({ UserName: 'an' }))).rejects.toThrow('Login Profile for User an cannot be found.')
  })

  it('follow the account’s own policy', async () => {
    await expect(iam.send(new sdk.GetAccountPasswordPolicyCommand({}))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await iam.send(new sdk.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 10, RequireNumbers: true, MaxPasswordAge: 90, PasswordReusePrevention: 2 }))
    expect((await iam.send(new sdk.GetAccountPasswordPolicyCommand({}))).PasswordPolicy).toEqual({
      MinimumPasswordLength: 10,
      RequireSymbols: false,
      RequireNumbers: true,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
      PasswordReusePrevention: 2,
    })
    await account.user('binh')
    await expect(iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'binh', Password: 'no-numbers-here' }))).rejects.toMatchObject({ name: 'PasswordPolicyViolationException' })
    await iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'binh', Password: 'with-numbers-1' }))
    await expect(iam.send(new sdk.UpdateLoginProfileCommand({ UserName: 'binh', Password: 'with-numbers-1' }))).rejects.toThrow('used before')
    await iam.send(new sdk.DeleteAccountPasswordPolicyCommand({}))
    await expect(iam.send(new sdk.DeleteAccountPasswordPolicyCommand({}))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })
})

describe('the account', () => {
  it('has one alias, which no other account can take', async () => {
    await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'bookshop' }))
    await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'book-shop' }))
    expect((await iam.send(new sdk.ListAccountAliasesCommand({}))).AccountAliases).toEqual(['book-shop'])
    const { accountId } = await account.admin('POST', '/_worklab/accounts')
    const { accessKeyId, secretAccessKey } = await account.admin('GET', `/_worklab/accounts/${accountId}/keys`)
    const other = account.iam({ accessKeyId, secretAccessKey })
    await expect(other.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'book-shop' }))).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
    await other.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'bookshop' }))
    await expect(iam.send(new sdk.DeleteAccountAliasCommand({ AccountAlias: 'bookshop' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await iam.send(new sdk.DeleteAccountAliasCommand({ AccountAlias: 'book-shop' }))
    expect((await iam.send(new sdk.ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
  })

  it('tells in one go who may do what', async () => {
    await iam.send(new sdk.CreateGroupCommand({ GroupName: 'detailed' }))
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'detailed', UserName: 'learner' }))
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'detailed', PolicyName: 'reads', PolicyDocument: reads }))
    await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'own', PolicyDocument: reads }))
    const all = await iam.send(new sdk.GetAccountAuthorizationDetailsCommand({}))
    expect(all.UserDetailList).toContainEqual(expect.objectContaining({ UserName: 'learner', GroupList: ['detailed'], AttachedManagedPolicies: [expect.objectContaining({ PolicyName: 'AdministratorAccess' })] }))
    expect(all.GroupDetailList).toMatchObject([{ GroupName: 'detailed', GroupPolicyList: [{ PolicyName: 'reads', PolicyDocument: encodeURIComponent(reads).replaceAll('*', '%2A') }] }])
    expect(all.RoleDetailList!.map(({ RoleName }) => RoleName)).toEqual(['other', 'server'])
    expect(all.Policies!.map(({ PolicyName }) => PolicyName).sort()).toEqual(['AdministratorAccess', 'own'])
    const roles = await iam.send(new sdk.GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 1 }))
    expect(roles).toMatchObject({ RoleDetailList: [{ RoleName: 'other' }], UserDetailList: [], IsTruncated: true })
    expect((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({ Groups: 1, InstanceProfiles: 1 })
  })

  it('reports on its credentials', async () => {
    await expect(iam.send(new sdk.GetCredentialReportCommand({}))).rejects.toMatchObject({ name: 'CredentialReportNotPresentException' })
    expect((await iam.send(new sdk.GenerateCredentialReportCommand({}))).State).toBe('STARTED')
    expect((await iam.send(new sdk.GenerateCredentialReportCommand({}))).State).toBe('COMPLETE')
    const { Content, ReportFormat } = await iam.send(new sdk.GetCredentialReportCommand({}))
    expect(ReportFormat).toBe('text/csv')
    const [header, root, ...rows] = Buffer.from(Content!).toString().split('\n').map((line) => line.split(','))
    expect(header).toHaveLength(22)
    expect(root![0]).toBe('<root_account>')
    const learner = Object.fromEntries(rows.find(([name]) => name === 'learner')!.map((value, i) => [header![i], value]))
    expect(learner).toMatchObject({ password_enabled: 'false', access_key_1_active: 'true', access_key_1_last_used_service: 'iam', access_key_2_active: 'false' })
  })
})

describe('service-linked roles', () => {
  it('are made for services of the sandbox, and nobody changes them', async () => {
    const { Role } = await iam.send(new sdk.CreateServiceLinkedRoleCommand({ AWSServiceName: 'ops.apigateway.amazonaws.com' }))
    expect(Role).toMatchObject({ RoleName: 'AWSServiceRoleForAPIGateway', Path: '/aws-service-role/ops.apigateway.amazonaws.com/' })
    const { RoleName } = Role!
    await expect(iam.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: reads }))).rejects.toMatchObject({ name: 'UnmodifiableEntityException' })
    await expect(iam.send(new sdk.DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'UnmodifiableEntityException' })
    const { DeletionTaskId } = await iam.send(new sdk.DeleteServiceLinkedRoleCommand({ RoleName }))
    expect((await iam.send(new sdk.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }))).Status).toBe('SUCCEEDED')
    await expect(iam.send(new sdk.GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })

  it('of other services are refused by name', async () => {
    const other = iam.send(new sdk.CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }))
    await expect(other).rejects.toMatchObject({ name: 'InvalidInputException', message: expect.stringContaining('ecs.amazonaws.com') })
  })
})

describe('issuers of web identities', () => {
  it('are made, shown, listed and deleted', async () => {
    const Url = 'https://token.actions.githubusercontent.com'
    const create = (url: string) => iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: ['sts.amazonaws.com'], Tags: [{ Key: 'team', Value: 'books' }] }))
    const { OpenIDConnectProviderArn } = await create(Url)
    expect(OpenIDConnectProviderArn).toBe(`arn:aws:iam::${account.accountId}:oidc-provider/token.actions.githubusercontent.com`)
    await expect(create(`${Url}/`)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
    await expect(create('http://plain.example.com')).rejects.toMatchObject({ name: 'InvalidInputException' })
    expect(await iam.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).toMatchObject({ Url: 'token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'], Tags: [{ Key: 'team' }] })
    expect((await iam.send(new sdk.ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toEqual([{ Arn: OpenIDConnectProviderArn }])
    await iam.send(new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))
    await expect(iam.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })
})
