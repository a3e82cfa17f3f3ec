import { collection } from '../../store'

export interface Tag {
  Key: string
  Value: string
}

/** What users and roles have in common. Dates are ISO 8601. */
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

/** Users, roles and policies by name; scope: the account. IAM is global, so there is no region. */
export const users = collection<User>('iam/users')
export const roles = collection<Role>('iam/roles')
export const managedPolicies = collection<ManagedPolicy>('iam/policies')
