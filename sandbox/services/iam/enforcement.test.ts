import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePolicyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  ListUserPoliciesCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'

let account: TestAccount
let id: string
beforeAll(async () => {
  account = await startTestAccount()
  id = account.accountId
})
afterAll(() => account.close())

const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more })
const deny = (Action: string, Resource = '*', more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more })
const trust = (principal: object) => policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' })
const denied = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (thrown) => thrown as Error & { $metadata: { httpStatusCode: number } },
  )
  expect(error?.name).toBe('AccessDenied')
  expect(error?.$metadata.httpStatusCode).toBe(403)
  return error!.message
}
const explanations = async () =>
  ((await account.admin('GET', `/_worklab/accounts/${id}/events?limit=100`)).events as { explanation?: any }[]).flatMap(({ explanation }) => explanation ?? [])

async function role(RoleName: string, statements: object[] = [], principal: object = { AWS: id }): Promise<void> {
  await account.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(principal) }))
  if (statements.length > 0) await account.iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) }))
}

async function assume(RoleName: string, more: object = {}): Promise<Keys> {
  const { Credentials } = await account.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${id}:role/${RoleName}`, RoleSessionName: 'job', ...more }))
  return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
}

describe('a call is held against the policies of who makes it', () => {
  it('names the missing Allow, and the statement that would mend it is kept', async () => {
    const keys = await account.user('plain')
    const message = await denied(account.iam(keys).send(new GetRoleCommand({ RoleName: 'nobody' })))
    expect(message).toBe(
      `User: arn:aws:iam::${id}:user/plain is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${id}:role/nobody because no identity-based policy allows the iam:GetRole action`,
    )
    expect(await explanations()).toContainEqual({
      action: 'iam:GetRole',
      resource: `arn:aws:iam::${id}:role/nobody`,
      principalArn: `arn:aws:iam::${id}:user/plain`,
      reason: 'implicitDeny',
      statement: { Effect: 'Allow', Action: 'iam:GetRole', Resource: `arn:aws:iam::${id}:role/nobody` },
    })
  })

  it('names the Deny, and policy and statement are kept', async () => {
    const keys = await account.user('forbidden', [allow('*'), deny('iam:*', '*', { Sid: 'NoIam' })])
    expect(await denied(account.iam(keys).send(new ListRolesCommand({})))).toMatch(/ with an explicit deny in an identity-based policy$/)
    expect(await explanations()).toContainEqual(expect.objectContaining({ reason: 'explicitDeny', deniedBy: { policy: 'own', sid: 'NoIam' } }))
  })

  it('a boundary narrows the user', async () => {
    const keys = await account.user('bounded', [allow('*')])
    const { Policy } = await account.iam().send(new CreatePolicyCommand({ PolicyName: 'OnlyReadRoles', PolicyDocument: policy(allow(['iam:GetRole', 'iam:ListRoles'])) }))
    await account.iam().send(new PutUserPermissionsBoundaryCommand({ UserName: 'bounded', PermissionsBoundary: Policy!.Arn! }))
    await account.iam(keys).send(new ListRolesCommand({}))
    expect(await denied(account.iam(keys).send(new CreateUserCommand({ UserName: 'x' })))).toMatch(/ because no permissions boundary allows the iam:CreateUser action$/)
    // A new version of the boundary counts from the next call on.
    await account.iam().send(new CreatePolicyVersionCommand({ PolicyArn: Policy!.Arn!, SetAsDefault: true, PolicyDocument: policy(allow('*'), deny('iam:ListRoles')) }))
    expect(await denied(account.iam(keys).send(new ListRolesCommand({})))).toMatch(/ with an explicit deny in a permissions boundary$/)
  })

  it('a session policy narrows the role', async () => {
    await role('reader', [allow('iam:*')])
    const keys = await assume('reader', { Policy: policy(allow('iam:ListRoles')) })
    await account.iam(keys).send(new ListRolesCommand({}))
    expect(await denied(account.iam(keys).send(new GetRoleCommand({ RoleName: 'reader' })))).toBe(
      `User: arn:aws:sts::${id}:assumed-role/reader/job is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${id}:role/reader because no session policy allows the iam:GetRole action`,
    )
    const narrowed = await assume('reader', { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess' }] })
    expect(await denied(account.iam(narrowed).send(new CreateUserCommand({ UserName: 'x' })))).toMatch(/no session policy allows/)
  })

  it("a session follows its role's policies from call to call", async () => {
    await role('changing', [allow('iam:ListRoles')])
    const keys = await assume('changing')
    await account.iam(keys).send(new ListRolesCommand({}))
    await account.iam().send(new DeleteRolePolicyCommand({ RoleName: 'changing', PolicyName: 'own' }))
    await denied(account.iam(keys).send(new ListRolesCommand({})))
    await account.iam().send(new AttachRolePolicyCommand({ RoleName: 'changing', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }))
    await account.iam(keys).send(new ListRolesCommand({}))
  })

  it('a session of a role that is gone is denied, also when another of its name has come', async () => {
    await role('mortal')
    await account.iam().send(new AttachRolePolicyCommand({ RoleName: 'mortal', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }))
    const keys = await assume('mortal')
    await account.iam().send(new DetachRolePolicyCommand({ RoleName: 'mortal', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }))
    await account.iam().send(new DeleteRoleCommand({ RoleName: 'mortal' }))
    await denied(account.iam(keys).send(new ListRolesCommand({})))
    await role('mortal', [allow('*')])
    await denied(account.iam(keys).send(new ListRolesCommand({})))
    // Who one is can always be asked.
    expect((await account.sts(keys).send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:sts::${id}:assumed-role/mortal/job`)
  })

  it('conditions see tags of role, caller and request', async () => {
    const keys = await account.user('tagged', [
      allow('iam:GetRole', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'books' } } }),
      allow('iam:TagRole', '*', { Condition: { StringEquals: { 'aws:RequestTag/team': 'books' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } }),
    ])
    await role('bookseller')
    await denied(account.iam(keys).send(new GetRoleCommand({ RoleName: 'bookseller' })))
    // The learner is told that only the condition stood in the way.
    expect(await explanations()).toContainEqual(expect.objectContaining({ action: 'iam:GetRole', reason: 'implicitDeny', unmet: { policy: 'own', condition: { StringEquals: { 'aws:ResourceTag/team': 'books' } } } }))
    await denied(account.iam(keys).send(new TagRoleCommand({ RoleName: 'bookseller', Tags: [{ Key: 'team', Value: 'toys' }] })))
    await denied(account.iam(keys).send(new TagRoleCommand({ RoleName: 'bookseller', Tags: [{ Key: 'team', Value: 'books' }, { Key: 'cost', Value: '1' }] })))
    await account.iam(keys).send(new TagRoleCommand({ RoleName: 'bookseller', Tags: [{ Key: 'team', Value: 'books' }] }))
    await account.iam(keys).send(new GetRoleCommand({ RoleName: 'bookseller' }))
  })

  it('a user may be allowed to look after its own keys only', async () => {
    const keys = await account.user('selfish', [allow(['iam:ListAccessKeys', 'iam:GetUser'], `arn:aws:iam::${id}:user/\${aws:username}`)])
    expect((await account.iam(keys).send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1)
    expect((await account.iam(keys).send(new GetUserCommand({}))).User!.UserName).toBe('selfish')
    await denied(account.iam(keys).send(new ListAccessKeysCommand({ UserName: 'learner' })))
  })

  it('only the policies that are listed may be attached', async () => {
    const keys = await account.user('attacher', [allow('iam:AttachRolePolicy', '*', { Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' } } })])
    await role('narrow')
    await account.iam(keys).send(new AttachRolePolicyCommand({ RoleName: 'narrow', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }))
    await denied(account.iam(keys).send(new AttachRolePolicyCommand({ RoleName: 'narrow', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })))
  })

  it("reads AWS's own policies, which nobody can change", async () => {
    const keys = await account.user('looker', [allow('iam:GetPolicy')])
    await account.iam(keys).send(new GetPolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' }))
    await denied(account.iam().send(new CreatePolicyVersionCommand({ PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess', PolicyDocument: policy(allow('*')) })))
  })

  it('a key that is switched off opens nothing from then on', async () => {
    const keys = await account.user('switched', [allow('*')])
    await account.iam(keys).send(new ListRolesCommand({}))
    await account.iam().send(new UpdateAccessKeyCommand({ UserName: 'switched', AccessKeyId: keys.accessKeyId, Status: 'Inactive' }))
    await expect(account.iam(keys).send(new ListRolesCommand({}))).rejects.toThrow('The security token included in the request is invalid.')
    await account.iam().send(new UpdateAccessKeyCommand({ UserName: 'switched', AccessKeyId: keys.accessKeyId, Status: 'Active' }))
    await account.iam(keys).send(new ListRolesCommand({}))
  })

  it("keys of one account see nothing of another's", async () => {
    const other = await account.admin('POST', '/_worklab/accounts')
    const keys = await account.admin('GET', `/_worklab/accounts/${other.accountId}/keys`)
    await role('mine')
    await expect(account.iam(keys).send(new GetRoleCommand({ RoleName: 'mine' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })

  it('rotating opens the account again to a learner who locked itself out', async () => {
    const other = (await account.admin('POST', '/_worklab/accounts')).accountId
    const old = await account.admin('GET', `/_worklab/accounts/${other}/keys`)
    const put = (PolicyName: string, statement: object) => account.iam(old).send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName, PolicyDocument: policy(statement) }))
    await put('kept', allow('s3:*'))
    await account.iam(old).send(new PutUserPermissionsBoundaryCommand({ UserName: 'learner', PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess' }))
    await put('locks', deny('*'))
    await denied(account.iam(old).send(new ListRolesCommand({})))
    const fresh = await account.admin('POST', `/_worklab/accounts/${other}/keys`)
    expect((await account.iam(fresh).send(new ListUserPoliciesCommand({ UserName: 'learner' }))).PolicyNames).toEqual(['kept'])
    expect((await account.iam(fresh).send(new GetUserCommand({}))).User!.PermissionsBoundary).toBeUndefined()
  })

  it('rotating ends the old key, and gives the learner back what was taken', async () => {
    const other = (await account.admin('POST', '/_worklab/accounts')).accountId
    const old = await account.admin('GET', `/_worklab/accounts/${other}/keys`)
    await account.iam(old).send(new DetachUserPolicyCommand({ UserName: 'learner', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }))
    await denied(account.iam(old).send(new ListRolesCommand({})))
    const fresh = await account.admin('POST', `/_worklab/accounts/${other}/keys`)
    await expect(account.iam(old).send(new ListRolesCommand({}))).rejects.toThrow(/security token/)
    expect((await account.iam(fresh).send(new ListAccessKeysCommand({}))).AccessKeyMetadata!.map(({ AccessKeyId }) => AccessKeyId)).toEqual([fresh.accessKeyId])
    await expect(account.iam(fresh).send(new DeleteUserCommand({ UserName: 'learner' }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
  })
})
