import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-iam'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { createAccount } from '../../accounts'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState, type Sandbox } from '../../sandbox'
import type { Collection } from '../../store'
import documented from './documented-errors.json' with { type: 'json' }
import { iam } from './index'
import { QUOTAS } from './quotas'
import { CERTIFICATES, PRIVATE_KEY } from './certificates-testing'
import { accountSettings, groups, instanceProfiles, managedPolicies, mfaDevices, oidcProviders, roles, samlProviders, serverCertificates, SETTINGS, users } from './records'
import { SAML_METADATA } from './saml-testing'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'
import { codeOf, stepOf } from './totp'

const OLD = '2026-01-01T00:00:00.000Z'
const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })
const reads = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
const large = (characters: number) => policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: Array.from({ length: characters / 30 }, (_, i) => `arn:aws:s3:::${'x'.repeat(20)}/${i}`) })
const manyTags = Array.from({ length: 30 }, (_, i) => ({ Key: `key-${i}`, Value: '' }))
const moreTags = Array.from({ length: 30 }, (_, i) => ({ Key: `more-${i}`, Value: '' }))
const twice = [{ Key: 'team', Value: 'a' }, { Key: 'Team', Value: 'b' }]

/** An account that has all that fits into it, made straight in the store. */
let full: string
let account: TestAccount
let fullKeys: Keys
let rootKeys: Keys
let anKeys: Keys
const arn = (path: string) => `arn:aws:iam::${account?.accountId ?? '111122223333'}:${path}`

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  full = await fillAnAccount(data)
  account = await startTestAccount({ data })
  const keys = async (id: string) => {
    const { accessKeyId, secretAccessKey } = await account.admin('GET', `/_worklab/accounts/${id}/keys`)
    return { accessKeyId, secretAccessKey }
  }
  fullKeys = await keys(full)
  rootKeys = await account.admin('POST', `/_worklab/accounts/${account.accountId}/session`)
  anKeys = await account.user('an', [{ Effect: 'Allow', Action: '*', Resource: '*' }])
  await fillUp()
})
afterAll(() => account.close())

async function fillAnAccount(data: string): Promise<string> {
  const state = await openState({ data })
  const { accountId } = await createAccount({ ...state, now: Date.now } as Partial<Sandbox> as Sandbox)
  const fill = <T>(collection: Collection<T>, most: number, value: (name: string) => Partial<T>) =>
    state.store.batch(Array.from({ length: most }, (_, i) => ({ collection, scope: accountId, key: `full-${i}`, value: value(`full-${i}`) })))
  const entity = (word: string, name: string) => ({ path: '/', arn: `arn:aws:iam::${accountId}:${word}/${name}`, createdAt: OLD, tags: [], inline: {}, attached: [] })
  // The learner is there already.
  await fill(users, QUOTAS.UsersPerAccount - 1, (userName) => ({ ...entity('user', userName), userName, userId: 'AIDA', accessKeys: [] }))
  await fill(groups, QUOTAS.GroupsPerAccount, (groupName) => ({ ...entity('group', groupName), groupName, groupId: 'AGPA' }))
  await fill(roles, QUOTAS.RolesPerAccount, (roleName) => ({ ...entity('role', roleName), roleName, roleId: 'AROA', trustPolicy: trust, maxSessionDuration: 3600 }))
  await fill(managedPolicies, QUOTAS.PoliciesPerAccount, (policyName) => ({ policyName, arn: `arn:aws:iam::${accountId}:policy/${policyName}`, path: '/', createdAt: OLD, updatedAt: OLD, defaultVersion: 'v1', versions: [], tags: [] }))
  await fill(instanceProfiles, QUOTAS.InstanceProfilesPerAccount, (profileName) => ({ profileName, path: '/', arn: `arn:aws:iam::${accountId}:instance-profile/${profileName}`, createdAt: OLD, tags: [] }))
  await fill(oidcProviders, QUOTAS.OpenIdConnectProvidersPerAccount, (url) => ({ url, arn: `arn:aws:iam::${accountId}:oidc-provider/${url}`, clientIds: [], thumbprints: [], createdAt: OLD, tags: [] }))
  await fill(samlProviders, QUOTAS.SAMLProvidersPerAccount, (name) => ({ arn: `arn:aws:iam::${accountId}:saml-provider/${name}`, createdAt: OLD, tags: [] }))
  await fill(serverCertificates, QUOTAS.ServerCertificatesPerAccount, (name) => ({ name, arn: `arn:aws:iam::${accountId}:server-certificate/${name}`, createdAt: OLD, tags: [] }))
  await fill(mfaDevices, QUOTAS.VirtualMfaDevicesPerAccount, (name) => ({ arn: `arn:aws:iam::${accountId}:mfa/${name}`, createdAt: OLD, seed: '', tags: [] }))
  await state.store.put(accountSettings, accountId, SETTINGS, { credentialReport: { at: OLD, csv: 'user' } })
  await state.close()
  return accountId
}

/** What the errors need to be there, `full` where one more of something is too many. */
async function fillUp(): Promise<void> {
  const make = (name: string, input: object) => call(name, input)()
  await make('CreateUser', { UserName: 'full', Tags: manyTags })
  await make('CreateRole', { RoleName: 'full', AssumeRolePolicyDocument: trust, Tags: manyTags })
  await make('CreateRole', { RoleName: 'plain', AssumeRolePolicyDocument: trust })
  await make('CreateGroup', { GroupName: 'full' })
  await make('CreateInstanceProfile', { InstanceProfileName: 'full', Tags: manyTags })
  await make('AddRoleToInstanceProfile', { InstanceProfileName: 'full', RoleName: 'full' })
  await make('CreatePolicy', { PolicyName: 'full', PolicyDocument: reads, Tags: manyTags })
  for (let i = 0; i < 4; i++) await make('CreatePolicyVersion', { PolicyArn: arn('policy/full'), PolicyDocument: reads })
  for (let i = 0; i < 2; i++) await make('CreateAccessKey', { UserName: 'full' })
  for (let i = 0; i < 10; i++) {
    await make('CreateGroup', { GroupName: `group-${i}` })
    await make('AddUserToGroup', { GroupName: `group-${i}`, UserName: 'full' })
    await make('CreatePolicy', { PolicyName: `policy-${i}`, PolicyDocument: reads })
    for (const kind of ['User', 'Group', 'Role']) await make(`Attach${kind}Policy`, { [`${kind}Name`]: 'full', PolicyArn: arn(`policy/policy-${i}`) })
  }
  await make('PutGroupPolicy', { GroupName: 'full', PolicyName: 'own', PolicyDocument: reads })
  await make('CreateLoginProfile', { UserName: 'full', Password: 'Correct-horse-1' })
  await make('CreateLoginProfile', { UserName: 'an', Password: 'Correct-horse-1' })
  await make('CreateAccountAlias', { AccountAlias: 'documented-errors' })
  await make('CreateOpenIDConnectProvider', { Url: 'https://issuer.example.com' })
  await make('TagOpenIDConnectProvider', { OpenIDConnectProviderArn: arn('oidc-provider/issuer.example.com'), Tags: manyTags })
  for (let i = 0; i < 100; i++) await make('AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn: arn('oidc-provider/issuer.example.com'), ClientID: `client-${i}` })
  await make('CreateSAMLProvider', { Name: 'full', SAMLMetadataDocument: SAML_METADATA, Tags: manyTags, AddPrivateKey: PRIVATE_KEY })
  await make('UpdateSAMLProvider', { SAMLProviderArn: arn('saml-provider/full'), AddPrivateKey: PRIVATE_KEY })
  await make('UploadServerCertificate', { ServerCertificateName: 'full', CertificateBody: CERTIFICATES.shop, PrivateKey: PRIVATE_KEY, Tags: manyTags })
  await make('UploadServerCertificate', { ServerCertificateName: 'other', CertificateBody: CERTIFICATES.shop, PrivateKey: PRIVATE_KEY })
  for (const CertificateBody of [CERTIFICATES.shop, CERTIFICATES.books]) await make('UploadSigningCertificate', { UserName: 'full', CertificateBody })
  for (let i = 0; i < 2; i++) await make('CreateServiceSpecificCredential', { UserName: 'full', ServiceName: 'codecommit.amazonaws.com' })
  for (const SSHPublicKeyBody of sshKeys.slice(0, 5)) await make('UploadSSHPublicKey', { UserName: 'full', SSHPublicKeyBody })
  for (let i = 0; i < 9; i++) await newDevice(`full-${i}`, i < 8 ? 'full' : undefined)
  await make('TagMFADevice', { SerialNumber: arn('mfa/full-1'), Tags: manyTags })
  sshKeyId = (await account.iam().send(new sdk.ListSSHPublicKeysCommand({ UserName: 'full' }))).SSHPublicKeys![0]!.SSHPublicKeyId!
  signingCertificateId = (await account.iam().send(new sdk.ListSigningCertificatesCommand({ UserName: 'full' }))).Certificates![0]!.CertificateId!
  await make('CreateServiceLinkedRole', { AWSServiceName: 'ops.apigateway.amazonaws.com' })
}

const sshKeys = Array.from({ length: 6 }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }) as string)
let sshKeyId: string
let signingCertificateId: string

/** Two codes of a device, one after the other. */
function codes(seed: string): [string, string] {
  const step = stepOf(Date.now())
  return [codeOf(seed, step - 1), codeOf(seed, step)]
}

async function newDevice(VirtualMFADeviceName: string, UserName?: string): Promise<void> {
  const { VirtualMFADevice } = await account.iam().send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }))
  const seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()
  seeds[VirtualMFADeviceName] = seed
  if (UserName === undefined) return
  const [AuthenticationCode1, AuthenticationCode2] = codes(seed)
  await account.iam().send(new sdk.EnableMFADeviceCommand({ UserName, SerialNumber: VirtualMFADevice!.SerialNumber!, AuthenticationCode1, AuthenticationCode2 }))
}
const seeds: Record<string, string> = {}

/** A call of the learner, or of another. */
function call(name: string, input: object | (() => object), keys?: () => Keys): Provoke {
  return () => {
    const Command = (sdk as unknown as Record<string, new (input: object) => unknown>)[`${name}Command`]!
    return account.iam(keys?.()).send(new Command(typeof input === 'function' ? input() : input) as never)
  }
}

/** Values for every member that an operation may need; whoever and whatever they name is not there. */
const nothing = (): Record<string, unknown> => ({
  UserName: 'nobody',
  GroupName: 'nobody',
  RoleName: 'nobody',
  InstanceProfileName: 'nothing',
  PolicyName: 'nothing',
  PolicyArn: arn('policy/nothing'),
  PolicySourceArn: arn('user/nobody'),
  PermissionsBoundary: arn('policy/nothing'),
  OpenIDConnectProviderArn: arn('oidc-provider/nothing.example.com'),
  AccessKeyId: 'AKIANOTTHERE00000000',
  AccountAlias: 'nothing',
  DeletionTaskId: 'task/nothing',
  VersionId: 'v9',
  Status: 'Inactive',
  PolicyDocument: reads,
  AssumeRolePolicyDocument: trust,
  Password: 'Correct-horse-1',
  OldPassword: 'Correct-horse-1',
  NewPassword: 'Battery-staple-2',
  Description: 'none',
  ActionNames: ['s3:GetObject'],
  PolicyInputList: [reads],
  Tags: [{ Key: 'team', Value: 'books' }],
  TagKeys: ['team'],
  Url: 'https://other.example.com',
  AWSServiceName: 'replicator.lambda.amazonaws.com',
  SAMLProviderArn: arn('saml-provider/nothing'),
  SerialNumber: arn('mfa/nothing'),
  ServerCertificateName: 'nothing',
  SSHPublicKeyId: 'APKANOTTHERE000000000',
  CertificateId: 'NOTTHERE00000000000000000000',
  ServiceSpecificCredentialId: 'ACCANOTTHERE000000000',
  ServiceName: 'codecommit.amazonaws.com',
  ClientID: 'nothing',
  ThumbprintList: ['a'.repeat(40)],
  Name: 'nothing',
  SAMLMetadataDocument: SAML_METADATA,
  VirtualMFADeviceName: 'nothing',
  AuthenticationCode1: '123456',
  AuthenticationCode2: '654321',
  Arn: arn('user/nobody'),
  JobId: '00000000-0000-0000-0000-000000000000',
  ServiceNamespace: 'lambda',
  ServiceNamespaces: ['lambda'],
  Encoding: 'SSH',
  SSHPublicKeyBody: sshKeys[5],
  CertificateBody: CERTIFICATES.toys,
  PrivateKey: PRIVATE_KEY,
  GlobalEndpointTokenVersion: 'v2Token',
})

/** Optional members without which a call is about the caller. */
const ABOUT = ['UserName', 'Status', 'Password']

/** The least that an operation takes, with what else is said. */
function least(name: string, more: object = {}): object {
  const schema = NormalizedSchema.of(iam.operations.find((one) => one.name === name)!.schema[4]).getSchema() as unknown as [number, string, string, unknown, string[], unknown[], number?]
  const members = schema[4] ?? []
  const needed = members.filter((member, i) => i < (schema[6] ?? 0) || ABOUT.includes(member))
  const values = nothing()
  const trusted = name === 'UpdateAssumeRolePolicy' ? { PolicyDocument: trust } : {}
  return { ...Object.fromEntries(needed.map((member) => [member, values[member]])), ...trusted, ...more }
}

/** Operations that have the error documented. */
const having = (error: string) => iam.operations.map(({ name }) => name).filter((name) => (documented as Record<string, string[]>)[name]?.includes(error))
/** A row for each of them, by the least input and what is said for it. */
function rows(error: string, names: string[], more: (name: string) => object = () => ({}), keys?: () => Keys): Record<string, Provoke> {
  return Object.fromEntries(names.map((name) => [`${name} ${error}`, call(name, () => least(name, more(name)), keys)]))
}
const each = (error: string, inputs: Record<string, () => object>, keys?: () => Keys): Record<string, Provoke> =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [`${name} ${error}`, call(name, () => least(name, input()), keys)]))

const PROVIDER = { get OpenIDConnectProviderArn() {
  return arn('oidc-provider/issuer.example.com')
} }
const FULL = { UserName: 'full', GroupName: 'full', RoleName: 'full', InstanceProfileName: 'full' }
const SERVICE_POLICY = 'arn:aws:iam::aws:policy/aws-service-role/APIGatewayServiceRolePolicy'
const SERVICE_ROLE = 'AWSServiceRoleForAPIGateway'
const NOT_MISSING = ['CreateGroup', 'CreateServiceLinkedRole', 'UpdateAccountPasswordPolicy', 'CreateUser']
const except = (names: string[], without: string[]) => names.filter((name) => !without.includes(name))
const takesPolicyArn = (name: string) => 'PolicyArn' in least(name)

const provoked: Record<string, Provoke> = {
  ...rows('NoSuchEntityException', except(having('NoSuchEntityException'), NOT_MISSING)),
  ...each('NoSuchEntityException', {
    CreateUser: () => ({ PermissionsBoundary: arn('policy/nothing') }),
    ChangePassword: () => ({}),
  }, () => ({ ...fullKeys })),
  // A name that is taken
  ...each('EntityAlreadyExistsException', {
    CreateUser: () => ({ UserName: 'FULL' }),
    CreateGroup: () => ({ GroupName: 'full' }),
    CreateRole: () => ({ RoleName: 'Full' }),
    CreatePolicy: () => ({ PolicyName: 'full' }),
    CreateInstanceProfile: () => ({ InstanceProfileName: 'full' }),
    CreateLoginProfile: () => ({ UserName: 'full' }),
    CreateOpenIDConnectProvider: () => ({ Url: 'https://issuer.example.com' }),
    CreateAccountAlias: () => ({ AccountAlias: 'documented-errors' }),
    CreateSAMLProvider: () => ({ Name: 'full' }),
    CreateVirtualMFADevice: () => ({ VirtualMFADeviceName: 'full-1' }),
    EnableMFADevice: () => ({ UserName: 'an', SerialNumber: arn('mfa/full-1') }),
    UploadServerCertificate: () => ({ ServerCertificateName: 'full' }),
    UpdateServerCertificate: () => ({ ServerCertificateName: 'other', NewServerCertificateName: 'full' }),
    UpdateUser: () => ({ UserName: 'an', NewUserName: 'full' }),
    UpdateGroup: () => ({ GroupName: 'group-1', NewGroupName: 'full' }),
  }),
  // An account that is full
  ...rows('LimitExceededException', ['CreateUser', 'CreateGroup', 'CreateRole', 'CreatePolicy', 'CreateInstanceProfile', 'CreateOpenIDConnectProvider', 'CreateServiceLinkedRole', 'CreateSAMLProvider', 'UploadServerCertificate', 'CreateVirtualMFADevice'], () => ({}), () => fullKeys),
  // One more, or too long
  ...each('LimitExceededException', {
    CreateAccessKey: () => ({ UserName: 'full' }),
    AddUserToGroup: () => ({ UserName: 'full', GroupName: 'full' }),
    AddRoleToInstanceProfile: () => ({ InstanceProfileName: 'full', RoleName: 'plain' }),
    AttachUserPolicy: () => ({ UserName: 'full', PolicyArn: arn('policy/full') }),
    AttachGroupPolicy: () => ({ GroupName: 'full', PolicyArn: arn('policy/full') }),
    AttachRolePolicy: () => ({ RoleName: 'full', PolicyArn: arn('policy/full') }),
    CreatePolicyVersion: () => ({ PolicyArn: arn('policy/full') }),
    PutUserPolicy: () => ({ UserName: 'full', PolicyDocument: large(2100) }),
    PutGroupPolicy: () => ({ GroupName: 'full', PolicyDocument: large(5200) }),
    PutRolePolicy: () => ({ RoleName: 'full', PolicyDocument: large(10_300) }),
    UpdateAssumeRolePolicy: () => ({ RoleName: 'full', PolicyDocument: policy(...Array.from({ length: 30 }, () => JSON.parse(trust).Statement[0])) }),
    TagOpenIDConnectProvider: () => ({ ...PROVIDER, Tags: moreTags }),
    TagSAMLProvider: () => ({ SAMLProviderArn: arn('saml-provider/full'), Tags: moreTags }),
    TagMFADevice: () => ({ SerialNumber: arn('mfa/full-1'), Tags: moreTags }),
    TagServerCertificate: () => ({ ServerCertificateName: 'full', Tags: moreTags }),
    AddClientIDToOpenIDConnectProvider: () => ({ ...PROVIDER }),
    UpdateSAMLProvider: () => ({ SAMLProviderArn: arn('saml-provider/full'), AddPrivateKey: PRIVATE_KEY }),
    EnableMFADevice: () => ({ UserName: 'full', SerialNumber: arn('mfa/full-8') }),
    UploadSigningCertificate: () => ({ UserName: 'full' }),
    UploadSSHPublicKey: () => ({ UserName: 'full' }),
    CreateServiceSpecificCredential: () => ({ UserName: 'full' }),
    TagUser: () => ({ UserName: 'full', Tags: moreTags }),
    TagRole: () => ({ RoleName: 'full', Tags: moreTags }),
    TagPolicy: () => ({ PolicyArn: arn('policy/full'), Tags: moreTags }),
    TagInstanceProfile: () => ({ InstanceProfileName: 'full', Tags: moreTags }),
  }),
  // Input that is none
  ...rows('InvalidInputException', having('InvalidInputException').filter((name) => takesPolicyArn(name)), () => ({ ...FULL, PolicyArn: arn('role/no-policy') })),
  ...rows('InvalidInputException', having('InvalidInputException').filter((name) => 'OpenIDConnectProviderArn' in least(name)), () => ({ OpenIDConnectProviderArn: arn('role/no-provider') })),
  ...rows('InvalidInputException', having('InvalidInputException').filter((name) => 'SAMLProviderArn' in least(name)), () => ({ SAMLProviderArn: arn('role/no-provider') })),
  ...rows('InvalidInputException', ['CreateUser', 'CreateRole', 'CreatePolicy', 'CreateInstanceProfile', 'TagUser', 'TagRole', 'TagInstanceProfile'], (name) => ({ ...(name.startsWith('Tag') ? FULL : {}), Tags: twice })),
  ...each('InvalidInputException', {
    CreateServiceLinkedRole: () => ({ AWSServiceName: 'nothing.amazonaws.com' }),
    CreateOpenIDConnectProvider: () => ({ Url: 'http://plain.example.com' }),
    CreateSAMLProvider: () => ({ SAMLMetadataDocument: 'x'.repeat(1000) }),
    CreateVirtualMFADevice: () => ({ VirtualMFADeviceName: 'x'.repeat(300) }),
    GenerateServiceLastAccessedDetails: () => ({ Arn: arn('mfa/full-1') }),
    ListPoliciesGrantingServiceAccess: () => ({ Arn: arn('policy/full') }),
    GetServiceLastAccessedDetails: () => ({ JobId: 'x'.repeat(36) }),
    GetServiceLastAccessedDetailsWithEntities: () => ({ JobId: 'x'.repeat(36) }),
    TagMFADevice: () => ({ SerialNumber: arn('mfa/full-8'), Tags: twice }),
    TagServerCertificate: () => ({ ServerCertificateName: 'full', Tags: twice }),
    UploadServerCertificate: () => ({ Tags: twice }),
    UpdateSSHPublicKey: () => ({ UserName: 'full', SSHPublicKeyId: sshKeyId, Status: 'Expired' }),
    UpdateSigningCertificate: () => ({ UserName: 'full', CertificateId: signingCertificateId, Status: 'Expired' }),
    GetContextKeysForCustomPolicy: () => ({ PolicyInputList: ['{'] }),
    GetContextKeysForPrincipalPolicy: () => ({ PolicySourceArn: arn('policy/full') }),
    SimulateCustomPolicy: () => ({ PolicyInputList: ['{'] }),
    SimulatePrincipalPolicy: () => ({ PolicySourceArn: arn('policy/full') }),
    GetServiceLinkedRoleDeletionStatus: () => ({ DeletionTaskId: 'nothing' }),
    UpdateAccessKey: () => ({ UserName: 'full', Status: 'Expired' }),
    PutUserPermissionsBoundary: () => ({ UserName: 'full', PermissionsBoundary: arn('role/no-policy') }),
    PutRolePermissionsBoundary: () => ({ RoleName: 'full', PermissionsBoundary: arn('role/no-policy') }),
  }),
  // Documents
  ...rows('MalformedPolicyDocumentException', ['CreatePolicy', 'CreatePolicyVersion', 'PutUserPolicy', 'PutGroupPolicy', 'PutRolePolicy', 'UpdateAssumeRolePolicy'], () => ({ PolicyDocument: '{"Statement":' })),
  ...each('MalformedPolicyDocumentException', { CreateRole: () => ({ AssumeRolePolicyDocument: reads }) }),
  ...each('PolicyNotAttachableException', {
    AttachUserPolicy: () => ({ UserName: 'an', PolicyArn: SERVICE_POLICY }),
    AttachGroupPolicy: () => ({ GroupName: 'group-1', PolicyArn: SERVICE_POLICY }),
    AttachRolePolicy: () => ({ RoleName: 'plain', PolicyArn: SERVICE_POLICY }),
    PutUserPermissionsBoundary: () => ({ UserName: 'an', PermissionsBoundary: SERVICE_POLICY }),
    PutRolePermissionsBoundary: () => ({ RoleName: 'plain', PermissionsBoundary: SERVICE_POLICY }),
  }),
  // Roles that only AWS changes
  ...rows('UnmodifiableEntityException', except(having('UnmodifiableEntityException'), ['AddRoleToInstanceProfile', 'RemoveRoleFromInstanceProfile']), () => ({ RoleName: SERVICE_ROLE })),
  ...each('UnmodifiableEntityException', { AddRoleToInstanceProfile: () => ({ InstanceProfileName: 'full', RoleName: SERVICE_ROLE }) }),
  // What still holds others
  ...each('DeleteConflictException', {
    DeleteUser: () => ({ UserName: 'full' }),
    DeleteGroup: () => ({ GroupName: 'full' }),
    DeleteRole: () => ({ RoleName: 'full' }),
    DeleteVirtualMFADevice: () => ({ SerialNumber: arn('mfa/full-1') }),
    DeletePolicy: () => ({ PolicyArn: arn('policy/policy-1') }),
    DeletePolicyVersion: () => ({ PolicyArn: arn('policy/full'), VersionId: 'v1' }),
    DeleteInstanceProfile: () => ({ InstanceProfileName: 'full' }),
  }),
  // Devices, keys and certificates
  ...each('InvalidAuthenticationCodeException', {
    EnableMFADevice: () => ({ UserName: 'an', SerialNumber: arn('mfa/full-8') }),
    // Codes that were taken once
    ResyncMFADevice: () => ({ UserName: 'full', SerialNumber: arn('mfa/full-1'), AuthenticationCode1: codes(seeds['full-1']!)[0], AuthenticationCode2: codes(seeds['full-1']!)[0] }),
  }),
  ...rows('ServiceNotSupportedException', ['CreateServiceSpecificCredential', 'ListServiceSpecificCredentials'], () => ({ UserName: 'full', ServiceName: 'nothing.amazonaws.com' })),
  ...each('DuplicateSSHPublicKeyException', { UploadSSHPublicKey: () => ({ UserName: 'full', SSHPublicKeyBody: sshKeys[0] }) }),
  ...each('InvalidPublicKeyException', { UploadSSHPublicKey: () => ({ UserName: 'an', SSHPublicKeyBody: 'ssh-rsa AAAA' }) }),
  ...each('UnrecognizedPublicKeyEncodingException', { UploadSSHPublicKey: () => ({ UserName: 'an', SSHPublicKeyBody: 'no key' }) }),
  ...each('KeyPairMismatchException', { UploadServerCertificate: () => ({ PrivateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) }) }),
  ...rows('MalformedCertificateException', ['UploadServerCertificate', 'UploadSigningCertificate'], () => ({ UserName: 'an', CertificateBody: 'no certificate' })),
  ...each('InvalidCertificateException', { UploadSigningCertificate: () => ({ UserName: 'an', CertificateBody: CERTIFICATES.expired }) }),
  ...each('DuplicateCertificateException', { UploadSigningCertificate: () => ({ UserName: 'full', CertificateBody: CERTIFICATES.shop }) }),
  // Passwords
  ...each('PasswordPolicyViolationException', {
    CreateLoginProfile: () => ({ UserName: 'learner', Password: 'short' }),
    UpdateLoginProfile: () => ({ UserName: 'full', Password: 'short' }),
  }),
  'ChangePassword PasswordPolicyViolationException': call('ChangePassword', () => least('ChangePassword', { NewPassword: 'short' }), () => anKeys),
  'ChangePassword InvalidUserTypeException': call('ChangePassword', () => least('ChangePassword'), () => rootKeys),
  'GetCredentialReport CredentialReportNotPresentException': call('GetCredentialReport', {}),
  'GetCredentialReport CredentialReportExpiredException': call('GetCredentialReport', {}, () => fullKeys),
}

const PASSED_OVER = 'AWS’s model refuses keys that are none as ValidationError; keys that are not there are passed over.'
const ONE_MISSING = 'What it makes depends on nothing that could be missing.'

describe('IAM', () => {
  itAnswersTheDocumentedErrors({
    service: iam,
    documented,
    provoked,
    never: {
      ServiceFailureException: 'A failure within AWS; the sandbox answers it only where a defect of its own is met.',
      ConcurrentModificationException: 'Changes of one account’s IAM state run one after the other, so that none meets another half-done.',
      EntityTemporarilyUnmodifiableException: 'AWS protects what was written a moment ago until it has reached all its places; here it is in one place.',
      LimitExceededException: 'Documented for all that writes; this operation adds nothing that a quota counts.',
      'CreateGroup NoSuchEntityException': ONE_MISSING,
      'CreateServiceLinkedRole NoSuchEntityException': 'A service that has no such role is InvalidInput.',
      'UpdateAccountPasswordPolicy NoSuchEntityException': ONE_MISSING,
      'UpdateAccountPasswordPolicy MalformedPolicyDocumentException': 'Its members are numbers and flags; AWS’s model refuses wrong ones as ValidationError.',
      'AddRoleToInstanceProfile EntityAlreadyExistsException': 'A profile holds one role, so that the quota is met first.',
      'RemoveRoleFromInstanceProfile UnmodifiableEntityException': 'A role of AWS is in no instance profile: it cannot be added to one.',
      'UntagInstanceProfile InvalidInputException': PASSED_OVER,
      'ListAttachedUserPolicies InvalidInputException': 'AWS’s model refuses a path that is none as ValidationError.',
      'ListAttachedGroupPolicies InvalidInputException': 'AWS’s model refuses a path that is none as ValidationError.',
      'ListAttachedRolePolicies InvalidInputException': 'AWS’s model refuses a path that is none as ValidationError.',
      'CreateOpenIDConnectProvider OpenIdIdpCommunicationErrorException': 'The sandbox asks no issuer for its certificate when it is made known.',
      'GetCredentialReport CredentialReportNotReadyException': 'A report is made at once, never under way.',
      'UntagMFADevice InvalidInputException': PASSED_OVER,
      'UntagServerCertificate InvalidInputException': PASSED_OVER,
      'ListMFADeviceTags InvalidInputException': 'A serial number that is none of a device is NoSuchEntity.',
      'DeleteServerCertificate DeleteConflictException': 'Nothing of the sandbox uses server certificates.',
      'GetSSHPublicKey UnrecognizedPublicKeyEncodingException': 'AWS’s model refuses an encoding that is none as ValidationError.',
      'UploadSigningCertificate EntityAlreadyExistsException': 'A certificate that is there is DuplicateCertificate.',
      PolicyEvaluationException: 'A policy that was read can be evaluated.',
    },
  })
})
