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

/** An issuer of web identities. It can be named in trust policies; calls with its tokens are not in the sandbox. */
export interface OidcProvider {
  arn: string
  /** Without the scheme. */
  url: string
  clientIds: string[]
  thumbprints: string[]
  createdAt: string
  tags: Tag[]
}

/** What an account has once. */
export interface AccountSettings {
  alias?: string
  passwordPolicy?: PasswordPolicy
  credentialReport?: { at: string; csv: string }
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
/** One record per account, under {@link SETTINGS}. */
export const accountSettings = collection<AccountSettings>('iam/account-settings')
export const SETTINGS = 'settings'
/** The account of each alias, in scope `all`: an alias is unique among all accounts. */
export const accountAliases = collection<{ account: string }>('iam/account-aliases')
