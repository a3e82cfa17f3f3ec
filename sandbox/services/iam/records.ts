import { collection } from '../../store'

export interface Tag {
  Key: string
  Value: string
}

/** What users, groups and roles have in common. Dates are ISO 8601. */
export interface Entity {
  path: string
  arn: string
  createdAt: string
  tags: Tag[]
  /** Inline policies by name. */
  inline: Record<string, string>
  /** ARNs of attached managed policies. */
  attached: string[]
  /** ARN of the managed policy that bounds it. */
  boundary?: string
}

export interface User extends Entity {
  userName: string
  userId: string
  /** Ids of the access keys, oldest first; the keys are in credentials.ts by their id. */
  accessKeys: string[]
  /** Names of the groups, in the order in which the user joined them. */
  groups?: string[]
  login?: LoginProfile
  sshKeys?: SshPublicKey[]
  signingCertificates?: SigningCertificate[]
  serviceCredentials?: ServiceCredential[]
}

/** For AWS CodeCommit, which the sandbox has not; tools keep and read them all the same. */
export interface SshPublicKey {
  id: string
  /** As it was uploaded. */
  body: string
  fingerprint: string
  status: 'Active' | 'Inactive'
  uploadedAt: string
}

/** An X.509 certificate of a user for SOAP requests of old services. */
export interface SigningCertificate {
  id: string
  body: string
  status: 'Active' | 'Inactive'
  uploadedAt: string
}

/** A user name and password (not kept) for a service that knows no signatures. */
export interface ServiceCredential {
  id: string
  serviceName: string
  status: 'Active' | 'Inactive'
  createdAt: string
  serviceUserName?: string
  alias?: string
  expiresAt?: string
}

/** The console password of a user. */
export interface LoginProfile {
  /** Salt and scrypt hash, both base64; the password itself is not kept. */
  salt: string
  hash: string
  createdAt: string
  changedAt: string
  mustReset: boolean
  /** Hashes of passwords before, newest first, for the policy's reuse prevention. */
  before: { salt: string; hash: string }[]
}

/** A group of users; who is in it, the users know. */
export interface Group extends Entity {
  groupName: string
  groupId: string
}

/** Hands a role to EC2 instances, of which the sandbox has none; tools make and read them all the same. */
export interface InstanceProfile {
  profileName: string
  profileId: string
  path: string
  arn: string
  createdAt: string
  tags: Tag[]
  roleName?: string
}

/** An issuer of web identities, for AssumeRoleWithWebIdentity. */
export interface OidcProvider {
  arn: string
  /** Without the scheme. */
  url: string
  clientIds: string[]
  thumbprints: string[]
  createdAt: string
  tags: Tag[]
}

/** An issuer of SAML assertions. It can be named in trust policies; calls with its assertions are not in the sandbox. */
export interface SamlProvider {
  arn: string
  uuid: string
  metadata: string
  createdAt: string
  validUntil: string
  tags: Tag[]
  encryptionMode?: 'Required' | 'Allowed'
  /** For encrypted assertions; only that they are there is kept. */
  privateKeys: { id: string; addedAt: string }[]
}

/** An authenticator app as a second factor. */
export interface MfaDevice {
  /** `arn:aws:iam::111122223333:mfa/phone` */
  arn: string
  createdAt: string
  /** Base32, as authenticator apps take it. */
  seed: string
  tags: Tag[]
  /** The user whose device it is, once it is enabled. */
  userName?: string
  enabledAt?: string
  /** How many steps of 30 seconds the device's clock is ahead. */
  drift?: number
  /** The step of the last code that was taken: none is taken twice. */
  lastStep?: number
}

/** A TLS certificate for load balancers, which the sandbox has not. The private key is held against it and not kept. */
export interface ServerCertificate {
  name: string
  id: string
  path: string
  arn: string
  createdAt: string
  expiresAt: string
  body: string
  chain?: string
  tags: Tag[]
}

/** A report of GenerateServiceLastAccessedDetails. */
export interface AccessReport {
  jobId: string
  at: string
  granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL'
  services: AccessedService[]
}

/** A service that somebody's policies open, and who was there last. */
export interface AccessedService {
  namespace: string
  name: string
  /** Newest first. */
  entities: { arn: string; at: string; region: string }[]
  actions: { name: string; at: string; arn: string; region: string }[]
}

/** What an account has once. */
export interface AccountSettings {
  alias?: string
  passwordPolicy?: PasswordPolicy
  credentialReport?: { at: string; csv: string }
  /** Of sts.amazonaws.com: whether its tokens are good in all regions. */
  globalTokenVersion?: 1 | 2
}

/** As UpdateAccountPasswordPolicy sets it. */
export interface PasswordPolicy {
  minimumLength: number
  symbols: boolean
  numbers: boolean
  uppercase: boolean
  lowercase: boolean
  usersMayChange: boolean
  maxAgeDays?: number
  reusePrevention?: number
  hardExpiry?: boolean
}

export interface Role extends Entity {
  roleName: string
  roleId: string
  trustPolicy: string
  description?: string
  maxSessionDuration: number
  lastUsed?: { at: string; region: string }
}

/** A managed policy that the account made; AWS's own are in aws-managed/. */
export interface ManagedPolicy {
  policyName: string
  policyId: string
  arn: string
  path: string
  description?: string
  createdAt: string
  updatedAt: string
  defaultVersion: string
  /** Grows only, so that a deleted version's number is not given again. */
  lastVersion: number
  versions: { id: string; document: string; createdAt: string }[]
  tags: Tag[]
}

/** Users, groups, roles and policies by name; scope: the account. IAM is global, so there is no region. */
export const users = collection<User>('iam/users')
export const groups = collection<Group>('iam/groups')
export const roles = collection<Role>('iam/roles')
export const managedPolicies = collection<ManagedPolicy>('iam/policies')
export const instanceProfiles = collection<InstanceProfile>('iam/instance-profiles')
/** By ARN. */
export const oidcProviders = collection<OidcProvider>('iam/oidc-providers')
export const samlProviders = collection<SamlProvider>('iam/saml-providers')
export const mfaDevices = collection<MfaDevice>('iam/mfa-devices')
/** By name. */
export const serverCertificates = collection<ServerCertificate>('iam/server-certificates')
/** By job id. */
export const accessReports = collection<AccessReport>('iam/access-reports')
/** One record per account, under {@link SETTINGS}. */
export const accountSettings = collection<AccountSettings>('iam/account-settings')
export const SETTINGS = 'settings'
/** The account of each alias, in scope `all`: an alias is unique among all accounts. */
export const accountAliases = collection<{ account: string }>('iam/account-aliases')
