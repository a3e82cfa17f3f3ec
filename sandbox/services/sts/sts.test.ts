import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetSessionTokenCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCredential } from '../../credentials'
import { openState, type Sandbox } from '../../sandbox'
import { assumeRoleForService, refusalForService } from '../iam/assume-role'
import { roles } from '../iam/records'
import { policy, startTestAccount, type Keys, type TestAccount } from '../iam/test-account'

async function openTestState(): Promise<Sandbox> {
  const data = await mkdtemp(join(tmpdir(), 'worklab-sts-'))
  return { auth: 'strict', ...(await openState({ data })), now: Date.now, url: () => '' } as Partial<Sandbox> as Sandbox
}

let account: TestAccount
let id: string
beforeAll(async () => {
  account = await startTestAccount()
  id = account.accountId
})
afterAll(() => account.close())

const allow = (Action: string | string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource })
const arn = (name: string) => `arn:aws:iam::${id}:role/${name}`

async function role(RoleName: string, trust: object | object[], more: object = {}): Promise<void> {
  await account.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(...[trust].flat()), ...more }))
}
const assume = (name: string, keys?: Keys, more: Partial<AssumeRoleCommandInput> = {}) =>
  account.sts(keys).send(new AssumeRoleCommand({ RoleArn: arn(name), RoleSessionName: 'job', ...more }))
const keysOf = ({ Credentials }: Awaited<ReturnType<typeof assume>>): Keys => ({
  accessKeyId: Credentials!.AccessKeyId!,
  secretAccessKey: Credentials!.SecretAccessKey!,
  sessionToken: Credentials!.SessionToken!,
})
const trusts = (Principal: object | string, more: object = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more })

describe('AssumeRole', () => {
  it('gives credentials that act as the role', async () => {
    await role('worker', trusts({ AWS: id }))
    const output = await assume('worker')
    expect(output.AssumedRoleUser).toEqual({ Arn: `arn:aws:sts::${id}:assumed-role/worker/job`, AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:job$/) })
    expect(output.Credentials!.AccessKeyId).toMatch(/^ASIA/)
    expect(output.Credentials!.Expiration!.getTime() - Date.now()).toBeGreaterThan(3500_000)
    const caller = await account.sts(keysOf(output)).send(new GetCallerIdentityCommand({}))
    expect(caller).toMatchObject({ Account: id, Arn: `arn:aws:sts::${id}:assumed-role/worker/job`, UserId: output.AssumedRoleUser!.AssumedRoleId })
    expect((await account.iam().send(new GetRoleCommand({ RoleName: 'worker' }))).Role!.RoleLastUsed).toMatchObject({ Region: 'us-east-1', LastUsedDate: expect.any(Date) })
  })

  it.each<[string, object, object[] | undefined, boolean]>([
    ['trust in the account, allowed by the own policy', { AWS: 'ID' }, [allow('sts:AssumeRole')], true],
    ['trust in the account, nothing of one\'s own', { AWS: 'ID' }, undefined, false],
    ['trust in the user, nothing of one\'s own', { AWS: 'USER' }, undefined, true],
    ['trust in a service only', { Service: 'lambda.amazonaws.com' }, [allow('*')], false],
    ['trust in another account only', { AWS: '999988887777' }, [allow('*')], false],
    ['trust in everybody', { AWS: '*' }, undefined, true],
    ['own policy for another role', { AWS: 'ID' }, [allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/x')], false],
    ['own Deny against trust in the user', { AWS: 'USER' }, [{ ...allow('sts:*'), Effect: 'Deny' }], false],
  ])('%s', async (name, principal, statements, allowed) => {
    const userName = `u-${name.replace(/\W+/g, '-')}`.slice(0, 60)
    const keys = await account.user(userName, statements)
    const named = JSON.parse(JSON.stringify(principal).replace('USER', `arn:aws:iam::${id}:user/${userName}`).replace('ID', id))
    await role(`r-${userName}`, trusts(named))
    const outcome = assume(`r-${userName}`, keys)
    if (allowed) expect((await outcome).Credentials).toBeDefined()
    else await expect(outcome).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(`is not authorized to perform: sts:AssumeRole on resource: ${arn(`r-${userName}`)}`) })
  })

  it('says that the trust policy is what is missing', async () => {
    await role('lambda-only', trusts({ Service: 'lambda.amazonaws.com' }))
    await expect(assume('lambda-only')).rejects.toThrow(/because no role trust policy allows the sts:AssumeRole action$/)
  })

  it('asks for the external id', async () => {
    await role('partner', trusts({ AWS: id }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret-42' } } }))
    await expect(assume('partner')).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(assume('partner', undefined, { ExternalId: 'secret-41' })).rejects.toMatchObject({ name: 'AccessDenied' })
    expect((await assume('partner', undefined, { ExternalId: 'secret-42' })).Credentials).toBeDefined()
  })

  it('reaches a role of another account where both sides allow', async () => {
    const other = (await account.admin('POST', '/_worklab/accounts')).accountId
    const keys = await account.admin('GET', `/_worklab/accounts/${other}/keys`)
    await role('open-to-one', trusts({ AWS: other }))
    await role('closed', trusts({ AWS: id }))
    const caller = await account.sts(keysOf(await assume('open-to-one', keys))).send(new GetCallerIdentityCommand({}))
    expect(caller.Account).toBe(id)
    await expect(assume('closed', keys)).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('does not tell whether a role exists', async () => {
    await expect(assume('no-such-role')).rejects.toMatchObject({ name: 'AccessDenied', message: `User: arn:aws:iam::${id}:user/learner is not authorized to perform: sts:AssumeRole on resource: ${arn('no-such-role')}` })
  })

  it('holds to the longest session of the role, and to one hour in a chain', async () => {
    await role('long', [trusts({ AWS: id })], { MaxSessionDuration: 7200 })
    await account.iam().send(new PutRolePolicyCommand({ RoleName: 'long', PolicyName: 'p', PolicyDocument: policy(allow('sts:AssumeRole')) }))
    const output = await assume('long', undefined, { DurationSeconds: 7200 })
    expect(output.Credentials!.Expiration!.getTime() - Date.now()).toBeGreaterThan(7100_000)
    await expect(assume('long', undefined, { DurationSeconds: 7201 })).rejects.toThrow('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    await expect(assume('long', undefined, { DurationSeconds: 60 })).rejects.toThrow(/greater than or equal to 900/)
    await expect(assume('long', keysOf(output), { DurationSeconds: 7200 })).rejects.toThrow(/1 hour session limit for roles assumed by role chaining/)
    expect((await assume('long', keysOf(output))).Credentials).toBeDefined()
  })

  it('takes session tags only where the trust policy lets it, and conditions see them', async () => {
    await role('untagged', trusts({ AWS: id }))
    await expect(assume('untagged', undefined, { Tags: [{ Key: 'team', Value: 'books' }] })).rejects.toThrow(/sts:TagSession/)
    await role('taggable', { Effect: 'Allow', Principal: { AWS: id }, Action: ['sts:AssumeRole', 'sts:TagSession'] })
    await account.iam().send(
      new PutRolePolicyCommand({ RoleName: 'taggable', PolicyName: 'p', PolicyDocument: policy({ ...allow('iam:GetRole'), Condition: { StringEquals: { 'aws:PrincipalTag/team': 'books' } } }) }),
    )
    const books = await assume('taggable', undefined, { Tags: [{ Key: 'team', Value: 'books' }] })
    const toys = await assume('taggable', undefined, { Tags: [{ Key: 'team', Value: 'toys' }] })
    expect(books.PackedPolicySize).toBe(1)
    await account.iam(keysOf(books)).send(new GetRoleCommand({ RoleName: 'taggable' }))
    await expect(account.iam(keysOf(toys)).send(new GetRoleCommand({ RoleName: 'taggable' }))).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  it('refuses a session policy that is none, and one too large', async () => {
    await expect(assume('worker', undefined, { Policy: '{"Statement":' })).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
    const large = Array.from({ length: 40 }, (_, i) => ({ Key: `key-${i}`, Value: 'v'.repeat(100) }))
    await expect(assume('taggable', undefined, { Tags: large })).rejects.toMatchObject({ name: 'PackedPolicyTooLargeException' })
  })

  it('refuses an ARN that is no role', async () => {
    const other = account.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${id}:user/learner`, RoleSessionName: 'job' }))
    await expect(other).rejects.toMatchObject({ name: 'ValidationError', message: `arn:aws:iam::${id}:user/learner is invalid` })
  })

  it('refuses root', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await account.admin('POST', `/_worklab/accounts/${id}/session`)
    await expect(assume('worker', { accessKeyId, secretAccessKey, sessionToken })).rejects.toThrow('Roles may not be assumed by root accounts.')
  })
})

describe('a service that assumes a role', () => {
  it('can where the trust policy names it, and acts as the role', async () => {
    const sandbox = await openTestState()
    const trustPolicy = policy(trusts({ Service: 'lambda.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }))
    const held = { path: '/', arn: 'arn:aws:iam::111122223333:role/fn', createdAt: '2026-01-01T00:00:00.000Z', tags: [], inline: {}, attached: [] }
    await sandbox.store.put(roles, '111122223333', 'fn', { ...held, roleName: 'fn', roleId: 'AROAFN', trustPolicy, maxSessionDuration: 3600 })
    const lambda = { account: '111122223333', roleArn: held.arn, service: 'lambda.amazonaws.com' }
    expect(await refusalForService(sandbox, lambda)).toBeUndefined()
    expect(await refusalForService(sandbox, { ...lambda, service: 'events.amazonaws.com' })).toBe('notTrusted')
    expect(await refusalForService(sandbox, { ...lambda, roleArn: 'arn:aws:iam::111122223333:role/gone' })).toBe('noSuchRole')
    expect(await refusalForService(sandbox, { ...lambda, account: '999988887777' })).toBe('noSuchRole')
    const { session } = await assumeRoleForService(sandbox, { ...lambda, sessionName: 'hello', seconds: 900 })
    const credential = await findCredential(sandbox, session!.accessKeyId, session!.sessionToken)
    expect(credential!.principal).toMatchObject({ type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/fn/hello', userId: 'AROAFN:hello', name: 'fn' })
    expect(await assumeRoleForService(sandbox, { ...lambda, service: 'events.amazonaws.com', sessionName: 'hello', seconds: 900 })).toEqual({ refusal: 'notTrusted' })
    expect((await sandbox.store.get(roles, '111122223333', 'fn'))!.lastUsed).toBeDefined()
    await sandbox.store.close()
    await rm(sandbox.dataDir, { recursive: true })
  })
})

describe('an open sandbox', () => {
  it('lets the root that any key is assume a role, and holds the session to the role', async () => {
    const open = await startTestAccount({ auth: 'open' })
    const anyone = { accessKeyId: '111122223333', secretAccessKey: 'test' }
    await open.iam(anyone).send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: policy(trusts({ AWS: '111122223333' })) }))
    const output = await open.sts(anyone).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/worker', RoleSessionName: 'job' }))
    await expect(open.iam(keysOf(output)).send(new GetRoleCommand({ RoleName: 'worker' }))).rejects.toMatchObject({ name: 'AccessDenied' })
    await open.close()
  })
})

describe('other calls', () => {
  it('GetSessionToken gives temporary credentials of the user, and not twice over', async () => {
    const { Credentials } = await account.sts().send(new GetSessionTokenCommand({ DurationSeconds: 900 }))
    const keys = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
    expect((await account.sts(keys).send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:iam::${id}:user/learner`)
    await expect(account.sts(keys).send(new GetSessionTokenCommand({}))).rejects.toThrow('Cannot call GetSessionToken with session credentials')
  })

  it('GetAccessKeyInfo tells the account of a key', async () => {
    expect((await account.sts().send(new GetAccessKeyInfoCommand({ AccessKeyId: account.keys.accessKeyId }))).Account).toBe(id)
  })
})
