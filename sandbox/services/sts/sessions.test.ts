import { AssumeRoleCommand, AssumeRoleWithSAMLCommand, DecodeAuthorizationMessageCommand, GetCallerIdentityCommand, GetFederationTokenCommand, type Credentials } from '@aws-sdk/client-sts'
import { CreateRoleCommand, GetRoleCommand, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type Keys, type TestAccount } from '../iam/test-account'

let account: TestAccount
beforeAll(async () => {
  account = await startTestAccount()
})
afterAll(() => account.close())

const keysOf = (credentials: Credentials | undefined): Keys => ({
  accessKeyId: credentials!.AccessKeyId!,
  secretAccessKey: credentials!.SecretAccessKey!,
  sessionToken: credentials!.SessionToken!,
})
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const role = async (RoleName: string, trusted: string[], statements: object[] = [allow(['sts:*'])]) => {
  const trust = policy({ Effect: 'Allow', Principal: { AWS: account.accountId }, Action: trusted })
  await account.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  await account.iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) }))
}
const assume = async (name: string, keys?: Keys, more: object = {}) =>
  account.sts(keys).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account.accountId}:role/${name}`, RoleSessionName: 'job', ...more }))
const lambda = (credentials: Keys) => new LambdaClient({ endpoint: account.sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 })

describe('a chain of roles', () => {
  it('carries the tags that are to go on, and no other may take their place', async () => {
    const tagging = ['sts:AssumeRole', 'sts:TagSession']
    await role('first', tagging)
    await role('second', tagging, [allow('iam:GetRole', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'books' } } }), allow('iam:ListRoles', { Condition: { StringEquals: { 'aws:PrincipalTag/step': '1' } } }), allow('sts:*')])
    const Tags = [{ Key: 'team', Value: 'books' }, { Key: 'step', Value: '1' }]
    const first = keysOf((await assume('first', undefined, { Tags, TransitiveTagKeys: ['team'] })).Credentials)
    const second = keysOf((await assume('second', first)).Credentials)
    await account.iam(second).send(new GetRoleCommand({ RoleName: 'first' }))
    await expect(account.iam(second).send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    const third = keysOf((await assume('second', second, { Tags: [{ Key: 'step', Value: '1' }] })).Credentials)
    await account.iam(third).send(new GetRoleCommand({ RoleName: 'first' }))
    await account.iam(third).send(new ListRolesCommand({}))
    await expect(assume('second', first, { Tags: [{ Key: 'Team', Value: 'toys' }] })).rejects.toThrow(/conflicts with a transitive tag key from the calling session/)
    await expect(assume('first', undefined, { Tags, TransitiveTagKeys: ['other'] })).rejects.toThrow(/must be included in the requested tags/)
    await expect(assume('first', undefined, { Tags: [{ Key: 'a', Value: '1' }, { Key: 'A', Value: '2' }] })).rejects.toThrow(/case insensitive/)
  })

  it('carries the source identity, where the roles let it be set', async () => {
    const setting = ['sts:AssumeRole', 'sts:SetSourceIdentity']
    await role('plain', ['sts:AssumeRole'])
    await role('one', setting)
    await role('two', setting, [allow('iam:ListRoles', { Condition: { StringEquals: { 'aws:SourceIdentity': 'an' } } })])
    await expect(assume('plain', undefined, { SourceIdentity: 'an' })).rejects.toThrow(/sts:SetSourceIdentity/)
    const one = await assume('one', undefined, { SourceIdentity: 'an' })
    expect(one.SourceIdentity).toBe('an')
    const two = await assume('two', keysOf(one.Credentials))
    expect(two.SourceIdentity).toBe('an')
    await account.iam(keysOf(two.Credentials)).send(new ListRolesCommand({}))
    await expect(assume('two', keysOf(one.Credentials), { SourceIdentity: 'binh' })).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(assume('plain', keysOf(one.Credentials))).rejects.toThrow(/sts:SetSourceIdentity/)
  })
})

describe('a federated user', () => {
  const federate = (keys: Keys | undefined, more: object = {}) => account.sts(keys).send(new GetFederationTokenCommand({ Name: 'guest', ...more }))

  it('can do what both the user who vouches and the session policy allow', async () => {
    const vouching = await account.user('vouching', [allow(['sts:GetFederationToken', 'lambda:ListFunctions'])])
    const output = await federate(vouching, { Policy: policy(allow(['lambda:ListFunctions', 'lambda:GetFunction'])) })
    expect(output.FederatedUser).toEqual({ FederatedUserId: `${account.accountId}:guest`, Arn: `arn:aws:sts::${account.accountId}:federated-user/guest` })
    const keys = keysOf(output.Credentials)
    expect((await account.sts(keys).send(new GetCallerIdentityCommand({}))).Arn).toBe(output.FederatedUser!.Arn)
    await lambda(keys).send(new ListFunctionsCommand({}))
    await expect(lambda(keys).send(new GetFunctionCommand({ FunctionName: 'any' }))).rejects.toThrow(/no identity-based policy allows/)
    const empty = keysOf((await federate(vouching)).Credentials)
    await expect(lambda(empty).send(new ListFunctionsCommand({}))).rejects.toThrow(/no session policy allows/)
  })

  it('cannot call IAM or STS, whatever the policies say', async () => {
    const keys = keysOf((await federate(undefined, { Policy: policy(allow('*')) })).Credentials)
    await expect(account.iam(keys).send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(federate(keys)).rejects.toThrow('Cannot call GetFederationToken with session credentials')
    await lambda(keys).send(new ListFunctionsCommand({}))
  })

  it('is there only by permission', async () => {
    const keys = await account.user('nobody')
    await expect(federate(keys)).rejects.toThrow(new RegExp(`sts:GetFederationToken on resource: arn:aws:sts::${account.accountId}:federated-user/guest`))
  })
})

describe('the encoded message of a denial', () => {
  it('is readable for those who may decode it, in its own account', async () => {
    const keys = await account.user('denied', [{ Effect: 'Deny', Action: 'iam:ListRoles', Resource: '*', Sid: 'NoList' }])
    const client = account.iam(keys)
    let encoded = ''
    client.middlewareStack.add((next) => async (args) => {
      const result = await next(args)
      encoded = (result.response as { headers: Record<string, string> }).headers['x-worklab-encoded-authorization-message'] ?? ''
      return result
    }, { step: 'deserialize', priority: 'low' })
    await expect(client.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    const decode = (who?: Keys, EncodedMessage = encoded) => account.sts(who).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }))
    const message = JSON.parse((await decode()).DecodedMessage!)
    expect(message).toMatchObject({
      allowed: false,
      explicitDeny: true,
      matchedStatements: { items: [{ statementId: 'NoList', effect: 'DENY' }] },
      context: { principal: { name: 'denied' }, action: 'iam:ListRoles' },
    })
    expect(message.context.conditions.items).toContainEqual({ key: 'aws:username', values: { items: [{ value: 'denied' }] } })
    await expect(decode(keys)).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(decode(undefined, 'bm9uc2Vuc2U=')).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' })
    const { accountId } = await account.admin('POST', '/_worklab/accounts')
    const { accessKeyId, secretAccessKey } = await account.admin('GET', `/_worklab/accounts/${accountId}/keys`)
    await expect(decode({ accessKeyId, secretAccessKey })).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' })
  })
})

describe('SAML assertions', () => {
  it('are not there, and the unsigned call says so', async () => {
    const call = account.sts().send(new AssumeRoleWithSAMLCommand({ RoleArn: 'arn:aws:iam::111122223333:role/x', PrincipalArn: 'arn:aws:iam::111122223333:saml-provider/x', SAMLAssertion: 'PHg+' }))
    await expect(call).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } })
  })
})
