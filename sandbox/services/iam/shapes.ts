import type * as sdk from '@aws-sdk/client-iam'
import type { AccessKey } from '../../credentials'
import type { AwsManagedPolicy } from './aws-managed'
import type { Entity, Group, InstanceProfile, ManagedPolicy, PasswordPolicy, Role, User } from './records'

/** A role as lists show it. */
export function shownRole(role: Role): sdk.Role {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  }
}

/** A role as GetRole and CreateRole show it: with tags, boundary and last use, which lists leave out (API reference, ListRoles). */
export function shownRoleInFull(role: Role): sdk.Role {
  return { ...shownRole(role), ...inFull(role), RoleLastUsed: role.lastUsed ? { LastUsedDate: new Date(role.lastUsed.at), Region: role.lastUsed.region } : {} }
}

/** A user as lists show it. */
export function shownUser(user: User): sdk.User {
  return { Path: user.path, UserName: user.userName, UserId: user.userId, Arn: user.arn, CreateDate: new Date(user.createdAt) }
}

/** A user as GetUser and CreateUser show it. */
export function shownUserInFull(user: User): sdk.User {
  return { ...shownUser(user), ...inFull(user) }
}

/** A group. */
export function shownGroup(group: Group): sdk.Group {
  return { Path: group.path, GroupName: group.groupName, GroupId: group.groupId, Arn: group.arn, CreateDate: new Date(group.createdAt) }
}

/** An instance profile with its role, which is in it as lists show roles. */
export function shownInstanceProfile(profile: InstanceProfile, role: Role | undefined): sdk.InstanceProfile {
  return {
    Path: profile.path,
    InstanceProfileName: profile.profileName,
    InstanceProfileId: profile.profileId,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: role ? [shownRole(role)] : [],
    ...(profile.tags.length > 0 ? { Tags: profile.tags } : {}),
  }
}

/** The account's password policy. */
export function shownPasswordPolicy(policy: PasswordPolicy): sdk.PasswordPolicy {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireSymbols: policy.symbols,
    RequireNumbers: policy.numbers,
    RequireUppercaseCharacters: policy.uppercase,
    RequireLowercaseCharacters: policy.lowercase,
    AllowUsersToChangePassword: policy.usersMayChange,
    ExpirePasswords: policy.maxAgeDays !== undefined,
    MaxPasswordAge: policy.maxAgeDays,
    PasswordReusePrevention: policy.reusePrevention,
    HardExpiry: policy.hardExpiry,
  }
}

function inFull(entity: Entity): Pick<sdk.Role, 'Tags' | 'PermissionsBoundary'> {
  return {
    ...(entity.tags.length > 0 ? { Tags: entity.tags } : {}),
    ...(entity.boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn: entity.boundary } }),
  }
}

/** A managed policy, the account's or AWS's, with how often it is in use. */
export function shownPolicy(policy: ManagedPolicy | AwsManagedPolicy, usage: { attached: number; boundaries: number }): sdk.Policy {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: usage.attached,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}

/** An access key without its secret. */
export function shownAccessKey(key: AccessKey): sdk.AccessKeyMetadata {
  return { UserName: key.userName, AccessKeyId: key.accessKeyId, Status: key.status, CreateDate: new Date(key.createdAt) }
}

/** Documents are URL-encoded in responses, as RFC 3986 says (API reference, Role). */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
