import * as sdk from '@aws-sdk/client-iam'
import { ifKnown, ifThere } from './if-there'

type Iam = sdk.IAMClient

/** Deletes a role, out of its instance profiles and without its policies and boundary. */
export async function deleteRole(iam: Iam, RoleName: string): Promise<void> {
  for await (const { InstanceProfiles = [] } of sdk.paginateListInstanceProfilesForRole({ client: iam }, { RoleName })) {
    for (const { InstanceProfileName } of InstanceProfiles) await iam.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }))
  }
  for await (const { AttachedPolicies = [] } of sdk.paginateListAttachedRolePolicies({ client: iam }, { RoleName })) {
    for (const { PolicyArn } of AttachedPolicies) await ifThere(iam.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })))
  }
  for await (const { PolicyNames = [] } of sdk.paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of PolicyNames) await ifThere(iam.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName })))
  }
  await ifKnown(ifThere(iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName }))))
  await iam.send(new sdk.DeleteRoleCommand({ RoleName }))
}

/** Deletes a customer managed policy: off everything that has it, as policy or as boundary, and without its older versions. */
export async function deletePolicy(iam: Iam, PolicyArn: string): Promise<void> {
  for (const PolicyUsageFilter of ['PermissionsPolicy', 'PermissionsBoundary'] as const) {
    const boundary = PolicyUsageFilter === 'PermissionsBoundary'
    for await (const { PolicyRoles = [], PolicyUsers = [], PolicyGroups = [] } of sdk.paginateListEntitiesForPolicy({ client: iam }, { PolicyArn, PolicyUsageFilter })) {
      for (const { RoleName } of PolicyRoles) await ifThere(boundary ? iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName })) : iam.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })))
      for (const { UserName } of PolicyUsers) await ifThere(boundary ? iam.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName })) : iam.send(new sdk.DetachUserPolicyCommand({ UserName, PolicyArn })))
      for (const { GroupName } of PolicyGroups) await ifThere(iam.send(new sdk.DetachGroupPolicyCommand({ GroupName, PolicyArn })))
    }
  }
  for await (const { Versions = [] } of sdk.paginateListPolicyVersions({ client: iam }, { PolicyArn })) {
    for (const { VersionId, IsDefaultVersion } of Versions) if (!IsDefaultVersion) await ifThere(iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId })))
  }
  await iam.send(new sdk.DeletePolicyCommand({ PolicyArn }))
}

/** Deletes a user with keys, passwords, devices and policies, out of its groups. */
export async function deleteUser(iam: Iam, UserName: string): Promise<void> {
  for (const { AccessKeyId } of (await iam.send(new sdk.ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? []) await ifThere(iam.send(new sdk.DeleteAccessKeyCommand({ UserName, AccessKeyId })))
  for (const { SerialNumber } of (await ifKnown(iam.send(new sdk.ListMFADevicesCommand({ UserName }))))?.MFADevices ?? []) await ifThere(iam.send(new sdk.DeactivateMFADeviceCommand({ UserName, SerialNumber })))
  for (const { CertificateId } of (await ifKnown(iam.send(new sdk.ListSigningCertificatesCommand({ UserName }))))?.Certificates ?? []) await ifThere(iam.send(new sdk.DeleteSigningCertificateCommand({ UserName, CertificateId })))
  for (const { SSHPublicKeyId } of (await ifKnown(iam.send(new sdk.ListSSHPublicKeysCommand({ UserName }))))?.SSHPublicKeys ?? []) await ifThere(iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })))
  for (const { ServiceSpecificCredentialId } of (await ifKnown(iam.send(new sdk.ListServiceSpecificCredentialsCommand({ UserName }))))?.ServiceSpecificCredentials ?? []) await ifThere(iam.send(new sdk.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })))
  await ifKnown(ifThere(iam.send(new sdk.DeleteLoginProfileCommand({ UserName }))))
  for (const { GroupName } of (await iam.send(new sdk.ListGroupsForUserCommand({ UserName }))).Groups ?? []) await ifThere(iam.send(new sdk.RemoveUserFromGroupCommand({ UserName, GroupName })))
  for (const { PolicyArn } of (await iam.send(new sdk.ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies ?? []) await ifThere(iam.send(new sdk.DetachUserPolicyCommand({ UserName, PolicyArn })))
  for (const PolicyName of (await iam.send(new sdk.ListUserPoliciesCommand({ UserName }))).PolicyNames ?? []) await ifThere(iam.send(new sdk.DeleteUserPolicyCommand({ UserName, PolicyName })))
  await ifKnown(ifThere(iam.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName }))))
  await iam.send(new sdk.DeleteUserCommand({ UserName }))
}

/** Deletes a group without its members and policies. */
export async function deleteGroup(iam: Iam, GroupName: string): Promise<void> {
  for await (const { Users = [] } of sdk.paginateGetGroup({ client: iam }, { GroupName })) {
    for (const { UserName } of Users) await ifThere(iam.send(new sdk.RemoveUserFromGroupCommand({ UserName, GroupName })))
  }
  for (const { PolicyArn } of (await iam.send(new sdk.ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies ?? []) await ifThere(iam.send(new sdk.DetachGroupPolicyCommand({ GroupName, PolicyArn })))
  for (const PolicyName of (await iam.send(new sdk.ListGroupPoliciesCommand({ GroupName }))).PolicyNames ?? []) await ifThere(iam.send(new sdk.DeleteGroupPolicyCommand({ GroupName, PolicyName })))
  await iam.send(new sdk.DeleteGroupCommand({ GroupName }))
}
