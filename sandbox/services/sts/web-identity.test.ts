import { generateKeyPairSync } from 'node:crypto'
import { APIGatewayClient, CreateDeploymentCommand, ImportRestApiCommand } from '@aws-sdk/client-api-gateway'
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient, type AssumeRoleWithWebIdentityCommandInput } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type Keys, type TestAccount } from '../iam/test-account'
import { secondsNow, startIssuer, tokenPart, type TestIssuer } from './web-identity-testing'

let account: TestAccount
let id: string
let issuer: TestIssuer
/** `127.0.0.1:PORT` */
let host: string
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

beforeAll(async () => {
  issuer = await startIssuer()
  host = issuer.host
  account = await startTestAccount({ allowOutgoing: [host] })
  id = account.accountId
  await account.iam().send(new CreateOpenIDConnectProviderCommand({ Url: `http://${host}`, ClientIDList: ['shop'] }))
  await role('deployer', { [`${host}:aud`]: 'shop', [`${host}:sub`]: 'repo:books:main' })
})
afterAll(async () => {
  issuer.close()
  await account.close()
})

async function role(RoleName: string, StringEquals: object, more: { action?: string[]; provider?: string } = {}): Promise<void> {
  const Principal = { Federated: `arn:aws:iam::${id}:oidc-provider/${more.provider ?? host}` }
  await account.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal, Action: more.action ?? 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals } }) }))
}

/** Without any keys: the token is all that the caller has. */
const assume = (WebIdentityToken: string, more: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
  new STSClient({ endpoint: account.sandbox.url, region: 'us-east-1', maxAttempts: 1 }).send(new AssumeRoleWithWebIdentityCommand({ RoleArn: `arn:aws:iam::${id}:role/deployer`, RoleSessionName: 'job', WebIdentityToken, ...more }))
const keysOf = ({ Credentials }: Awaited<ReturnType<typeof assume>>): Keys => ({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! })

describe('a web identity', () => {
  it('becomes the role that trusts it, without any key', async () => {
    const output = await assume(issuer.token())
    expect(output).toMatchObject({
      AssumedRoleUser: { Arn: `arn:aws:sts::${id}:assumed-role/deployer/job` },
      SubjectFromWebIdentityToken: 'repo:books:main',
      Audience: 'shop',
      Provider: `arn:aws:iam::${id}:oidc-provider/${host}`,
    })
    expect((await account.sts(keysOf(output)).send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:sts::${id}:assumed-role/deployer/job`)
    const { events } = await account.admin('GET', `/_worklab/accounts/${id}/events`)
    const event = events.find(({ eventName }: { eventName: string }) => eventName === 'AssumeRoleWithWebIdentity')
    expect(event).toMatchObject({ userIdentity: { type: 'WebIdentityUser' }, requestParameters: { WebIdentityToken: 'HIDDEN_DUE_TO_SECURITY_REASONS' } })
  })

  it('may be signed with an elliptic curve, and be for one of several audiences', async () => {
    expect((await assume(issuer.token({}, issuer.curve, { alg: 'ES256', kid: 'two' }))).Credentials).toBeDefined()
    expect((await assume(issuer.token({ aud: ['other', 'more'], azp: 'shop' }))).Credentials).toBeDefined()
  })

  it('is seen by the conditions of the role’s own policies', async () => {
    const Condition = { StringEquals: { [`${host}:sub`]: 'repo:books:main', 'aws:FederatedProvider': `arn:aws:iam::${id}:oidc-provider/${host}` } }
    await account.iam().send(new PutRolePolicyCommand({ RoleName: 'deployer', PolicyName: 'own', PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*', Condition }) }))
    await account.iam(keysOf(await assume(issuer.token()))).send(new ListRolesCommand({}))
  })

  it('brings tags and a source identity where the role lets it', async () => {
    const claims = { 'https://aws.amazon.com/tags': { principal_tags: { team: ['books'] }, transitive_tag_keys: ['team'] }, 'https://aws.amazon.com/source_identity': 'an' }
    await expect(assume(issuer.token(claims))).rejects.toThrow('Not authorized to perform sts:TagSession')
    await role('taggable', { 'aws:RequestTag/team': 'books' }, { action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'] })
    const output = await assume(issuer.token(claims), { RoleArn: `arn:aws:iam::${id}:role/taggable` })
    expect(output).toMatchObject({ SourceIdentity: 'an' })
    await account.iam().send(new PutRolePolicyCommand({ RoleName: 'taggable', PolicyName: 'own', PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'books' } } }) }))
    await account.iam(keysOf(output)).send(new ListRolesCommand({}))
  })

  it.each<[string, () => string, string, RegExp]>([
    ['of another subject', () => issuer.token({ sub: 'repo:toys:main' }), 'AccessDenied', /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/],
    ['that is no token', () => 'just some text', 'InvalidIdentityTokenException', /not a valid JWT/],
    ['for another audience', () => issuer.token({ aud: 'other' }), 'InvalidIdentityTokenException', /^Incorrect token audience$/],
    ['of an issuer that the account does not know', () => issuer.token({ iss: 'https://unknown.example.com' }), 'InvalidIdentityTokenException', /^No OpenIDConnect provider found in your account for https:\/\/unknown\.example\.com$/],
    ['signed by somebody else', () => issuer.token({}, stranger.privateKey), 'InvalidIdentityTokenException', /verification key/],
    ['that was changed after it was signed', () => issuer.token({ sub: 'x' }).replace(/\.[^.]+\./, `.${tokenPart({ iss: `http://${host}`, aud: 'shop', sub: 'repo:books:main', exp: secondsNow() + 600 })}.`), 'InvalidIdentityTokenException', /verification key/],
    ['without a signature', () => `${tokenPart({ alg: 'none' })}.${issuer.token().split('.')[1]}.`, 'InvalidIdentityTokenException', /not a valid JWT/],
    ['signed with the public key as a password', () => issuer.token({}, undefined, { alg: 'HS256' }), 'InvalidIdentityTokenException', /not a valid JWT/],
    ['that has ended', () => issuer.token({ exp: secondsNow() - 1 }), 'ExpiredTokenException', /^Token expired/],
  ])('%s is refused', async (_, make, name, message) => {
    await expect(assume(make())).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
  })

  it('is not told whether a role exists', async () => {
    await expect(assume(issuer.token(), { RoleArn: `arn:aws:iam::${id}:role/nothing` })).rejects.toMatchObject({ name: 'AccessDenied', message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' })
  })

  it('can be of a deployed API of the account', async () => {
    const gateway = new APIGatewayClient({ endpoint: account.sandbox.url, region: 'us-east-1', credentials: account.keys })
    const answering = (template: string) => ({
      get: {
        responses: { 200: { description: 'ok' } },
        'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' }, responses: { default: { statusCode: '200', responseTemplates: { 'application/json': template } } } },
      },
    })
    const configuration = `{"jwks_uri":"${account.sandbox.url}/_aws/execute-api/$context.apiId/dev/keys"}`
    const definition = { openapi: '3.0.1', info: { title: 'issuer', version: '1' }, paths: { '/.well-known/openid-configuration': answering(configuration), '/keys': answering(JSON.stringify(issuer.jwks)) } }
    const api = await gateway.send(new ImportRestApiCommand({ body: Buffer.from(JSON.stringify(definition)) }))
    await gateway.send(new CreateDeploymentCommand({ restApiId: api.id!, stageName: 'dev' }))
    const iss = `${account.sandbox.url}/_aws/execute-api/${api.id}/dev`
    await account.iam().send(new CreateOpenIDConnectProviderCommand({ Url: iss, ClientIDList: ['shop'] }))
    const provider = iss.replace('http://', '')
    await role('by-own-api', { [`${provider}:sub`]: 'an' }, { provider })
    const output = await assume(issuer.token({ iss, sub: 'an' }), { RoleArn: `arn:aws:iam::${id}:role/by-own-api` })
    expect(output.Provider).toBe(`arn:aws:iam::${id}:oidc-provider/${provider}`)
  })
})
