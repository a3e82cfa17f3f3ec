import * as sdk from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
let id: string
let iam: sdk.IAMClient
beforeAll(async () => {
  account = await startTestAccount()
  id = account.accountId
  iam = account.iam()
})
afterAll(() => account.close())

const trust = policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })
const reads = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
const writes = policy({ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' })
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const fails = (name: string, message: string | RegExp) => ({ name, message: expect.stringMatching(message) })
const newRole = (RoleName: string, more: object = {}) => iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }))
const newPolicy = async (PolicyName: string, more: object = {}) => (await iam.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: reads, ...more }))).Policy!.Arn!

describe('roles', () => {
  it('are made, shown, changed, listed and deleted', async () => {
    const { Role } = await newRole('worker', { Path: '/service/', Description: 'works', MaxSessionDuration: 7200, Tags: [{ Key: 'team', Value: 'books' }], PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' })
    expect(Role).toMatchObject({ RoleName: 'worker', Path: '/service/', Arn: `arn:aws:iam::${id}:role/service/worker`, RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/), CreateDate: expect.any(Date) })
    expect(Role!.AssumeRolePolicyDocument).toMatch(/^%7B%22Version/)
    const shown = (await iam.send(new sdk.GetRoleCommand({ RoleName: 'worker' }))).Role!
    expect(shown).toMatchObject({
      Description: 'works',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'books' }],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    })
    await iam.send(new sdk.UpdateRoleCommand({ RoleName: 'worker', MaxSessionDuration: 3600, Description: 'rests' }))
    const described = await iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'worker', Description: 'sleeps' }))
    expect(described.Role).toMatchObject({ Description: 'sleeps', MaxSessionDuration: 3600 })
    const toAccount = policy({ Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' })
    await iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'worker', PolicyDocument: toAccount }))
    expect(decodeURIComponent((await iam.send(new sdk.GetRoleCommand({ RoleName: 'worker' }))).Role!.AssumeRolePolicyDocument!)).toBe(toAccount)
    const listed = (await iam.send(new sdk.ListRolesCommand({ PathPrefix: '/service/' }))).Roles!
    expect(listed.map(({ RoleName, Tags }) => [RoleName, Tags])).toEqual([['worker', undefined]])
    await iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: 'worker' }))
    await iam.send(new sdk.DeleteRoleCommand({ RoleName: 'worker' }))
    await expect(iam.send(new sdk.GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject(fails('NoSuchEntityException', /^The role with name worker cannot be found\.$/))
  })

  it('have names that are told apart without regard to case', async () => {
    await newRole('Twice')
    await expect(newRole('twice')).rejects.toMatchObject(fails('EntityAlreadyExistsException', 'Role with name twice already exists.'))
  })

  it('made at the same moment under one name: one of them is refused', async () => {
    const outcomes = await Promise.allSettled([newRole('race'), newRole('race'), newRole('race')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('are refused with all that is wrong in the request', async () => {
    await expect(newRole('not allowed!', { MaxSessionDuration: 60 })).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringMatching(/^2 validation errors detected: /) })
  })

  it('are listed page by page', async () => {
    for (const n of [1, 2, 3, 4, 5]) await newRole(`page-${n}`, { Path: '/pages/' })
    const names: string[][] = []
    for await (const { Roles } of sdk.paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: '/pages/' })) names.push(Roles!.map(({ RoleName }) => RoleName!))
    expect(names).toEqual([['page-1', 'page-2'], ['page-3', 'page-4'], ['page-5']])
    await expect(iam.send(new sdk.ListRolesCommand({ Marker: 'nonsense' }))).rejects.toMatchObject({ name: 'ValidationError' })
  })

  it('keep to the limits of tags, trust policy and inline policies', async () => {
    const Tags = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }))
    await newRole('limited')
    await iam.send(new sdk.TagRoleCommand({ RoleName: 'limited', Tags: Tags.slice(0, 50) }))
    await expect(iam.send(new sdk.TagRoleCommand({ RoleName: 'limited', Tags: Tags.slice(50) }))).rejects.toMatchObject({ name: 'LimitExceededException' })
    const long = policy({ Effect: 'Allow', Principal: { AWS: Array.from({ length: 150 }, (_, i) => String(111_122_223_000 + i)) }, Action: 'sts:AssumeRole' })
    await expect(iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'limited', PolicyDocument: long }))).rejects.toMatchObject(fails('LimitExceededException', 'ACLSizePerRole: 2048'))
    const large = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: Array.from({ length: 300 }, (_, i) => `arn:aws:s3:::a-bucket-with-a-long-name-${i}/*`) })
    await expect(iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'limited', PolicyName: 'p', PolicyDocument: large }))).rejects.toMatchObject(
      fails('LimitExceededException', 'Maximum policy size of 10240 bytes exceeded for role limited'),
    )
  })
})

/** Roles and users share these operations; each is tried for both. */
describe.each([
  ['role', 'RoleName'],
  ['user', 'UserName'],
] as const)('policies and tags of a %s', (word, member) => {
  const name = `common-${word}`
  const K = word === 'role' ? 'Role' : 'User'
  const send = (operation: string, input: object = {}): Promise<any> => iam.send(new (sdk as any)[`${operation}Command`]({ [member]: name, ...input }))
  beforeAll(() => (word === 'role' ? newRole(name) : iam.send(new sdk.CreateUserCommand({ UserName: name }))))

  it('inline: put, replaced, shown, listed, deleted', async () => {
    await send(`Put${K}Policy`, { PolicyName: 'b', PolicyDocument: reads })
    await send(`Put${K}Policy`, { PolicyName: 'b', PolicyDocument: writes })
    await send(`Put${K}Policy`, { PolicyName: 'a', PolicyDocument: reads })
    const shown = await send(`Get${K}Policy`, { PolicyName: 'b' })
    expect(shown).toMatchObject({ [member]: name, PolicyName: 'b' })
    expect(decodeURIComponent(shown.PolicyDocument)).toBe(writes)
    expect(await send(`List${K}Policies`)).toMatchObject({ PolicyNames: ['a', 'b'], IsTruncated: false })
    await expect(send(`Delete${K}`)).rejects.toMatchObject(fails('DeleteConflictException', /^Cannot delete entity, must delete policies first\.$/))
    await send(`Delete${K}Policy`, { PolicyName: 'a' })
    await send(`Delete${K}Policy`, { PolicyName: 'b' })
    await expect(send(`Delete${K}Policy`, { PolicyName: 'b' })).rejects.toMatchObject(fails('NoSuchEntityException', `^The ${word} policy with name b cannot be found\\.$`))
    await expect(send(`Get${K}Policy`, { PolicyName: 'b' })).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await expect(send(`Put${K}Policy`, { PolicyName: 'c', PolicyDocument: '{}' })).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
  })

  it('attached: once for all, listed by path, detached', async () => {
    await send(`Attach${K}Policy`, { PolicyArn: basic })
    await send(`Attach${K}Policy`, { PolicyArn: basic })
    await send(`Attach${K}Policy`, { PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
    expect((await send(`ListAttached${K}Policies`)).AttachedPolicies).toEqual([
      { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basic },
      { PolicyName: 'IAMReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' },
    ])
    expect((await send(`ListAttached${K}Policies`, { PathPrefix: '/service-role/' })).AttachedPolicies).toHaveLength(1)
    await expect(send(`Delete${K}`)).rejects.toMatchObject(fails('DeleteConflictException', /^Cannot delete entity, must detach all policies first\.$/))
    await send(`Detach${K}Policy`, { PolicyArn: basic })
    await send(`Detach${K}Policy`, { PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
    await expect(send(`Detach${K}Policy`, { PolicyArn: basic })).rejects.toMatchObject(fails('NoSuchEntityException', `Policy ${basic} was not found.`))
    await expect(send(`Attach${K}Policy`, { PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' })).rejects.toMatchObject(
      fails('NoSuchEntityException', /^Policy arn:aws:iam::aws:policy\/NoSuchPolicy does not exist or is not attachable\.$/),
    )
    await expect(send(`Attach${K}Policy`, { PolicyArn: 'AWSLambdaBasicExecutionRole' })).rejects.toMatchObject({ name: 'InvalidInputException' })
  })

  it('no more than ten are attached', async () => {
    const arns = await Promise.all(Array.from({ length: 11 }, (_, i) => newPolicy(`${word}-many-${i}`)))
    for (const PolicyArn of arns.slice(0, 10)) await send(`Attach${K}Policy`, { PolicyArn })
    await expect(send(`Attach${K}Policy`, { PolicyArn: arns[10] })).rejects.toMatchObject(fails('LimitExceededException', `Cannot exceed quota for PoliciesPer${K}: 10`))
    for (const PolicyArn of arns.slice(0, 10)) await send(`Detach${K}Policy`, { PolicyArn })
  })

  it('boundary: put and taken away', async () => {
    await send(`Put${K}PermissionsBoundary`, { PermissionsBoundary: basic })
    expect((await send(`Get${K}`))[K].PermissionsBoundary.PermissionsBoundaryArn).toBe(basic)
    await send(`Delete${K}PermissionsBoundary`)
    await expect(send(`Delete${K}PermissionsBoundary`)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await expect(send(`Put${K}PermissionsBoundary`, { PermissionsBoundary: 'arn:aws:iam::aws:policy/NoSuchPolicy' })).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })

  it('tags: put over each other, listed page by page, taken off', async () => {
    await send(`Tag${K}`, { Tags: [{ Key: 'team', Value: 'books' }, { Key: 'cost', Value: '1' }] })
    await send(`Tag${K}`, { Tags: [{ Key: 'team', Value: 'toys' }] })
    const first = await send(`List${K}Tags`, { MaxItems: 1 })
    expect(first).toMatchObject({ Tags: [{ Key: 'cost', Value: '1' }], IsTruncated: true })
    expect((await send(`List${K}Tags`, { Marker: first.Marker })).Tags).toEqual([{ Key: 'team', Value: 'toys' }])
    await send(`Untag${K}`, { TagKeys: ['cost', 'never-there'] })
    expect((await send(`Get${K}`))[K].Tags).toEqual([{ Key: 'team', Value: 'toys' }])
  })

  it('of one that is not there', async () => {
    const gone = { [member]: 'gone' }
    for (const [operation, input] of [
      [`Get${K}`, {}],
      [`Delete${K}`, {}],
      [`List${K}Policies`, {}],
      [`ListAttached${K}Policies`, {}],
      [`List${K}Tags`, {}],
      [`Tag${K}`, { Tags: [{ Key: 'a', Value: 'b' }] }],
      [`Attach${K}Policy`, { PolicyArn: basic }],
      [`Put${K}Policy`, { PolicyName: 'p', PolicyDocument: reads }],
    ] as const) {
      await expect(send(operation, { ...gone, ...input }), operation).rejects.toMatchObject(fails('NoSuchEntityException', `^The ${word} with name gone cannot be found\\.$`))
    }
  })
})

describe('users', () => {
  it('are made, shown, renamed with their keys, listed and deleted', async () => {
    const { User } = await iam.send(new sdk.CreateUserCommand({ UserName: 'an', Path: '/staff/', Tags: [{ Key: 'a', Value: 'b' }] }))
    expect(User).toMatchObject({ Arn: `arn:aws:iam::${id}:user/staff/an`, UserId: expect.stringMatching(/^AIDA/), Tags: [{ Key: 'a', Value: 'b' }] })
    await expect(iam.send(new sdk.CreateUserCommand({ UserName: 'AN' }))).rejects.toMatchObject(fails('EntityAlreadyExistsException', 'User with name AN already exists.'))
    const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'an' }))
    await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'an', PolicyName: 'p', PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }) }))
    await iam.send(new sdk.UpdateUserCommand({ UserName: 'an', NewUserName: 'binh', NewPath: '/' }))
    const renamed = account.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
    expect((await renamed.send(new sdk.GetUserCommand({}))).User).toMatchObject({ UserName: 'binh', Arn: `arn:aws:iam::${id}:user/binh`, UserId: User!.UserId })
    await expect(iam.send(new sdk.GetUserCommand({ UserName: 'an' }))).rejects.toMatchObject(fails('NoSuchEntityException', 'The user with name an cannot be found.'))
    expect((await iam.send(new sdk.ListUsersCommand({}))).Users!.map(({ UserName }) => UserName)).toEqual(expect.arrayContaining(['binh', 'learner']))
    await expect(iam.send(new sdk.DeleteUserCommand({ UserName: 'binh' }))).rejects.toMatchObject(fails('DeleteConflictException', 'Cannot delete entity, must delete access keys first.'))
    await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'binh', AccessKeyId: AccessKey!.AccessKeyId! }))
    await iam.send(new sdk.DeleteUserPolicyCommand({ UserName: 'binh', PolicyName: 'p' }))
    await iam.send(new sdk.DeleteUserCommand({ UserName: 'binh' }))
  })

  it('without a name, the caller is meant', async () => {
    expect((await iam.send(new sdk.GetUserCommand({}))).User!.UserName).toBe('learner')
    const { accessKeyId, secretAccessKey, sessionToken } = await account.admin('POST', `/_worklab/accounts/${id}/session`)
    const root = account.iam({ accessKeyId, secretAccessKey, sessionToken })
    expect((await root.send(new sdk.GetUserCommand({}))).User).toMatchObject({ Arn: `arn:aws:iam::${id}:root`, UserId: id })
    await expect(root.send(new sdk.ListAccessKeysCommand({}))).rejects.toThrow('Must specify userName when calling with non-User credentials')
  })
})

describe('access keys', () => {
  it('two of a user, their secret shown once, their last use kept', async () => {
    await iam.send(new sdk.CreateUserCommand({ UserName: 'keys' }))
    const first = (await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'keys' }))).AccessKey!
    expect(first).toMatchObject({ UserName: 'keys', Status: 'Active', AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/), SecretAccessKey: expect.stringMatching(/^.{40}$/) })
    await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'keys' }))
    await expect(iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'keys' }))).rejects.toMatchObject(fails('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2'))
    const listed = (await iam.send(new sdk.ListAccessKeysCommand({ UserName: 'keys' }))).AccessKeyMetadata!
    expect(listed).toHaveLength(2)
    expect(listed[0]).not.toHaveProperty('SecretAccessKey')
    expect((await iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: first.AccessKeyId! }))).AccessKeyLastUsed).toEqual({ ServiceName: 'N/A', Region: 'N/A' })
    await account.iam({ accessKeyId: first.AccessKeyId!, secretAccessKey: first.SecretAccessKey! }).send(new sdk.GetUserCommand({})).catch(() => undefined)
    expect((await iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: account.keys.accessKeyId }))).AccessKeyLastUsed).toMatchObject({ ServiceName: 'iam', Region: 'us-east-1' })
    await iam.send(new sdk.UpdateAccessKeyCommand({ UserName: 'keys', AccessKeyId: first.AccessKeyId!, Status: 'Inactive' }))
    expect((await iam.send(new sdk.ListAccessKeysCommand({ UserName: 'keys' }))).AccessKeyMetadata!.find(({ AccessKeyId }) => AccessKeyId === first.AccessKeyId)!.Status).toBe('Inactive')
    await expect(iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'learner', AccessKeyId: first.AccessKeyId! }))).rejects.toMatchObject(fails('NoSuchEntityException', `The Access Key with id ${first.AccessKeyId} cannot be found.`))
    await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'keys', AccessKeyId: first.AccessKeyId! }))
    await expect(iam.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: first.AccessKeyId! }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })
})

describe('managed policies', () => {
  it('have up to five versions, one of them in force', async () => {
    const PolicyArn = await newPolicy('versions', { Path: '/shop/', Description: 'of the shop', Tags: [{ Key: 'a', Value: 'b' }] })
    expect(PolicyArn).toBe(`arn:aws:iam::${id}:policy/shop/versions`)
    expect((await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true, Description: 'of the shop', Tags: [{ Key: 'a', Value: 'b' }] })
    await expect(newPolicy('Versions')).rejects.toMatchObject(fails('EntityAlreadyExistsException', 'A policy called Versions already exists. Duplicate names are not allowed.'))
    for (const n of [2, 3, 4, 5]) {
      const { PolicyVersion } = await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: writes, SetAsDefault: n === 3 }))
      expect(PolicyVersion).toMatchObject({ VersionId: `v${n}`, IsDefaultVersion: n === 3 })
    }
    await expect(iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: reads }))).rejects.toMatchObject(fails('LimitExceededException', 'A managed policy can have up to 5 versions.'))
    await expect(iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v3' }))).rejects.toMatchObject(fails('DeleteConflictException', 'Cannot delete the default version of a policy.'))
    await iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    await expect(iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    // A number is not given again.
    expect((await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: reads }))).PolicyVersion!.VersionId).toBe('v6')
    await iam.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    const first = await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn, MaxItems: 3 }))
    expect(first.Versions!.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v4', 'v3'])
    expect((await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn, Marker: first.Marker }))).Versions).toMatchObject([{ VersionId: 'v2' }, { VersionId: 'v1', IsDefaultVersion: true }])
    expect(decodeURIComponent((await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))).PolicyVersion!.Document!)).toBe(reads)
    await expect(iam.send(new sdk.DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(fails('DeleteConflictException', '^This policy has more than one version.'))
    for (const VersionId of ['v2', 'v3', 'v4', 'v6']) await iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId }))
    await iam.send(new sdk.DeletePolicyCommand({ PolicyArn }))
    await expect(iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject(fails('NoSuchEntityException', `^Policy ${PolicyArn} was not found.$`))
  })

  it('are counted where they are used, and cannot go while they are', async () => {
    const PolicyArn = await newPolicy('used')
    await newRole('uses', { Path: '/here/' })
    await newRole('is-bounded')
    await iam.send(new sdk.CreateUserCommand({ UserName: 'uses-too' }))
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'uses', PolicyArn }))
    await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'uses-too', PolicyArn }))
    await iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'is-bounded', PermissionsBoundary: PolicyArn }))
    expect((await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({ AttachmentCount: 2, PermissionsBoundaryUsageCount: 1 })
    await expect(iam.send(new sdk.DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(fails('DeleteConflictException', 'Cannot delete a policy attached to entities.'))
    const entities = (input: object = {}) => iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn, ...input }))
    expect(await entities({ PolicyUsageFilter: 'PermissionsPolicy' })).toMatchObject({ PolicyRoles: [{ RoleName: 'uses' }], PolicyUsers: [{ UserName: 'uses-too' }], PolicyGroups: [] })
    expect((await entities({ EntityFilter: 'User' })).PolicyRoles).toEqual([])
    expect((await entities({ PathPrefix: '/here/' })).PolicyUsers).toEqual([])
    expect((await entities({ PolicyUsageFilter: 'PermissionsBoundary' })).PolicyRoles).toMatchObject([{ RoleName: 'is-bounded' }])
  })

  it('are listed by scope, path and use', async () => {
    const stranger = account.iam(await account.user('stranger'))
    await expect(stranger.send(new sdk.ListPoliciesCommand({}))).rejects.toThrow(/ is not authorized to perform: iam:ListPolicies on resource: policy path \/ because no identity-based policy allows the iam:ListPolicies action$/)
    await newPolicy('listed', { Path: '/listed/' })
    const list = async (input: object) => (await iam.send(new sdk.ListPoliciesCommand(input))).Policies!.map(({ PolicyName }) => PolicyName)
    expect(await list({ Scope: 'Local', PathPrefix: '/listed/' })).toEqual(['listed'])
    expect(await list({ Scope: 'AWS', PathPrefix: '/service-role/' })).toContain('AWSLambdaBasicExecutionRole')
    expect(await list({ Scope: 'AWS' })).not.toContain('listed')
    expect(await list({ Scope: 'Local', OnlyAttached: true })).toEqual(['used'])
  })

  it('carry tags', async () => {
    const PolicyArn = await newPolicy('tagged')
    await iam.send(new sdk.TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }))
    await iam.send(new sdk.UntagPolicyCommand({ PolicyArn, TagKeys: ['a'] }))
    expect((await iam.send(new sdk.ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([{ Key: 'b', Value: '2' }])
  })

  it("of AWS stand under their real ARNs with their real documents", async () => {
    const { PolicyVersion } = await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn: basic, VersionId: 'v1' }))
    expect(JSON.parse(decodeURIComponent(PolicyVersion!.Document!)).Statement).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ])
  })
})

describe('the account', () => {
  it('is counted', async () => {
    const { SummaryMap } = await iam.send(new sdk.GetAccountSummaryCommand({}))
    expect(SummaryMap).toMatchObject({ AccessKeysPerUserQuota: 2, VersionsPerPolicyQuota: 5 })
    expect(SummaryMap!.Users).toBe((await iam.send(new sdk.ListUsersCommand({}))).Users!.length)
  })

  it('has no alias', async () => {
    expect((await iam.send(new sdk.ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
  })

  it('shows users, roles and policies in its inventory, without the learner', async () => {
    const { resources } = await account.admin('GET', `/_worklab/accounts/${id}/resources`)
    const names = (type: string) => resources.filter((one: any) => one.service === 'iam' && one.type === type).map((one: any) => one.name)
    expect(names('role')).toContain('uses')
    expect(names('policy')).toContain('used')
    expect(names('user')).toContain('uses-too')
    expect(names('user')).not.toContain('learner')
  })

  it('an operation that is not there says so', async () => {
    await expect(iam.send(new sdk.ListOrganizationsFeaturesCommand({}))).rejects.toMatchObject({ name: 'NotImplemented' })
  })
})

describe('simulation', () => {
  it('of a role: its policies, the statements that matched, and what the call would have to carry', async () => {
    await newRole('simulated')
    const document = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*" },
    { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::shop/*",
      "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-1" } } }
  ]
}`
    await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'simulated', PolicyName: 'files', PolicyDocument: document }))
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'simulated', PolicyArn: basic }))
    const simulate = async (input: object) =>
      iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${id}:role/simulated`, ActionNames: ['s3:GetObject'], ResourceArns: ['arn:aws:s3:::shop/a'], ...input }))
    expect((await simulate({})).EvaluationResults).toEqual([
      { EvalActionName: 's3:GetObject', EvalResourceName: 'arn:aws:s3:::shop/a', EvalDecision: 'implicitDeny', MatchedStatements: [], MissingContextValues: ['aws:SourceVpc'] },
    ])
    const vpc = [{ ContextKeyName: 'aws:SourceVpc', ContextKeyType: 'string', ContextKeyValues: ['vpc-1'] }]
    expect((await simulate({ ContextEntries: vpc })).EvaluationResults![0]).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'files', StartPosition: { Line: 5, Column: 5 }, EndPosition: { Line: 6, Column: 69 } }],
      MissingContextValues: [],
    })
    const many = await simulate({ ActionNames: ['s3:GetObject', 's3:DeleteObject', 'logs:PutLogEvents'], ResourceArns: ['arn:aws:s3:::shop/a', '*'], ContextEntries: vpc })
    expect(many.EvaluationResults!.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny', 'explicitDeny', 'explicitDeny', 'allowed', 'allowed'])
    const pages = await simulate({ ActionNames: ['s3:GetObject', 's3:DeleteObject', 'logs:PutLogEvents'], MaxItems: 2 })
    expect([pages.EvaluationResults!.length, pages.IsTruncated]).toEqual([2, true])
    expect((await simulate({ ActionNames: ['s3:GetObject', 's3:DeleteObject', 'logs:PutLogEvents'], Marker: pages.Marker })).EvaluationResults).toMatchObject([{ EvalActionName: 'logs:PutLogEvents' }])
    await iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'simulated', PermissionsBoundary: basic }))
    expect((await simulate({ ContextEntries: vpc })).EvaluationResults![0]).toMatchObject({ EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } })
    expect((await iam.send(new sdk.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${id}:role/simulated` }))).ContextKeyNames).toEqual(['aws:SourceVpc'])
  })

  it('refuses what it cannot simulate', async () => {
    await expect(iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${id}:role/gone`, ActionNames: ['s3:GetObject'] }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await expect(iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${id}:policy/used`, ActionNames: ['s3:GetObject'] }))).rejects.toMatchObject({ name: 'InvalidInputException' })
    await expect(iam.send(new sdk.SimulateCustomPolicyCommand({ PolicyInputList: ['{"Statement":1}'], ActionNames: ['s3:GetObject'] }))).rejects.toMatchObject({ name: 'InvalidInputException' })
  })

  it('names the keys that policies ask for', async () => {
    const text = policy({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::shop/${aws:username}/*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } })
    expect((await iam.send(new sdk.GetContextKeysForCustomPolicyCommand({ PolicyInputList: [text] }))).ContextKeyNames).toEqual(['aws:SecureTransport', 'aws:username'])
  })
})
