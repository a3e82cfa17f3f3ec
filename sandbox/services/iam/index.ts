import * as sdk from '@aws-sdk/client-iam'
import type { Operation, Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { resources } from './resources'
import { addRoleToInstanceProfile } from './operations/add-role-to-instance-profile'
import { addUserToGroup } from './operations/add-user-to-group'
import { attachGroupPolicy } from './operations/attach-group-policy'
import { attachRolePolicy } from './operations/attach-role-policy'
import { attachUserPolicy } from './operations/attach-user-policy'
import { changePassword } from './operations/change-password'
import { createAccessKey } from './operations/create-access-key'
import { createAccountAlias } from './operations/create-account-alias'
import { createGroup } from './operations/create-group'
import { createInstanceProfile } from './operations/create-instance-profile'
import { createLoginProfile } from './operations/create-login-profile'
import { createOpenIdConnectProvider } from './operations/create-open-id-connect-provider'
import { createPolicy } from './operations/create-policy'
import { createPolicyVersion } from './operations/create-policy-version'
import { createRole } from './operations/create-role'
import { createServiceLinkedRole } from './operations/create-service-linked-role'
import { createUser } from './operations/create-user'
import { deleteAccessKey } from './operations/delete-access-key'
import { deleteAccountAlias } from './operations/delete-account-alias'
import { deleteAccountPasswordPolicy } from './operations/delete-account-password-policy'
import { deleteGroup } from './operations/delete-group'
import { deleteGroupPolicy } from './operations/delete-group-policy'
import { deleteInstanceProfile } from './operations/delete-instance-profile'
import { deleteLoginProfile } from './operations/delete-login-profile'
import { deleteOpenIdConnectProvider } from './operations/delete-open-id-connect-provider'
import { deletePolicy } from './operations/delete-policy'
import { deletePolicyVersion } from './operations/delete-policy-version'
import { deleteRole } from './operations/delete-role'
import { deleteRolePermissionsBoundary } from './operations/delete-role-permissions-boundary'
import { deleteRolePolicy } from './operations/delete-role-policy'
import { deleteServiceLinkedRole } from './operations/delete-service-linked-role'
import { deleteUser } from './operations/delete-user'
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary'
import { deleteUserPolicy } from './operations/delete-user-policy'
import { detachGroupPolicy } from './operations/detach-group-policy'
import { detachRolePolicy } from './operations/detach-role-policy'
import { detachUserPolicy } from './operations/detach-user-policy'
import { generateCredentialReport } from './operations/generate-credential-report'
import { getAccessKeyLastUsed } from './operations/get-access-key-last-used'
import { getAccountAuthorizationDetails } from './operations/get-account-authorization-details'
import { getAccountPasswordPolicy } from './operations/get-account-password-policy'
import { getAccountSummary } from './operations/get-account-summary'
import { getContextKeysForCustomPolicy } from './operations/get-context-keys-for-custom-policy'
import { getContextKeysForPrincipalPolicy } from './operations/get-context-keys-for-principal-policy'
import { getCredentialReport } from './operations/get-credential-report'
import { getGroup } from './operations/get-group'
import { getGroupPolicy } from './operations/get-group-policy'
import { getInstanceProfile } from './operations/get-instance-profile'
import { getLoginProfile } from './operations/get-login-profile'
import { getOpenIdConnectProvider } from './operations/get-open-id-connect-provider'
import { getPolicy } from './operations/get-policy'
import { getPolicyVersion } from './operations/get-policy-version'
import { getRole } from './operations/get-role'
import { getRolePolicy } from './operations/get-role-policy'
import { getServiceLinkedRoleDeletionStatus } from './operations/get-service-linked-role-deletion-status'
import { getUser } from './operations/get-user'
import { getUserPolicy } from './operations/get-user-policy'
import { listAccessKeys } from './operations/list-access-keys'
import { listAccountAliases } from './operations/list-account-aliases'
import { listAttachedGroupPolicies } from './operations/list-attached-group-policies'
import { listAttachedRolePolicies } from './operations/list-attached-role-policies'
import { listAttachedUserPolicies } from './operations/list-attached-user-policies'
import { listEntitiesForPolicy } from './operations/list-entities-for-policy'
import { listGroupPolicies } from './operations/list-group-policies'
import { listGroups } from './operations/list-groups'
import { listGroupsForUser } from './operations/list-groups-for-user'
import { listInstanceProfileTags } from './operations/list-instance-profile-tags'
import { listInstanceProfiles } from './operations/list-instance-profiles'
import { listInstanceProfilesForRole } from './operations/list-instance-profiles-for-role'
import { listOpenIdConnectProviders } from './operations/list-open-id-connect-providers'
import { listPolicies } from './operations/list-policies'
import { listPolicyTags } from './operations/list-policy-tags'
import { listPolicyVersions } from './operations/list-policy-versions'
import { listRolePolicies } from './operations/list-role-policies'
import { listRoleTags } from './operations/list-role-tags'
import { listRoles } from './operations/list-roles'
import { listUserPolicies } from './operations/list-user-policies'
import { listUserTags } from './operations/list-user-tags'
import { listUsers } from './operations/list-users'
import { putGroupPolicy } from './operations/put-group-policy'
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary'
import { putRolePolicy } from './operations/put-role-policy'
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary'
import { putUserPolicy } from './operations/put-user-policy'
import { removeRoleFromInstanceProfile } from './operations/remove-role-from-instance-profile'
import { removeUserFromGroup } from './operations/remove-user-from-group'
import { setDefaultPolicyVersion } from './operations/set-default-policy-version'
import { simulateCustomPolicy } from './operations/simulate-custom-policy'
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy'
import { tagInstanceProfile } from './operations/tag-instance-profile'
import { tagPolicy } from './operations/tag-policy'
import { tagRole } from './operations/tag-role'
import { tagUser } from './operations/tag-user'
import { untagInstanceProfile } from './operations/untag-instance-profile'
import { untagPolicy } from './operations/untag-policy'
import { untagRole } from './operations/untag-role'
import { untagUser } from './operations/untag-user'
import { updateAccessKey } from './operations/update-access-key'
import { updateAccountPasswordPolicy } from './operations/update-account-password-policy'
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy'
import { updateGroup } from './operations/update-group'
import { updateLoginProfile } from './operations/update-login-profile'
import { updateRole } from './operations/update-role'
import { updateRoleDescription } from './operations/update-role-description'
import { updateUser } from './operations/update-user'

const operations: Operation[] = [
  addRoleToInstanceProfile,
  addUserToGroup,
  attachGroupPolicy,
  attachRolePolicy,
  attachUserPolicy,
  changePassword,
  createAccessKey,
  createAccountAlias,
  createGroup,
  createInstanceProfile,
  createLoginProfile,
  createOpenIdConnectProvider,
  createPolicy,
  createPolicyVersion,
  createRole,
  createServiceLinkedRole,
  createUser,
  deleteAccessKey,
  deleteAccountAlias,
  deleteAccountPasswordPolicy,
  deleteGroup,
  deleteGroupPolicy,
  deleteInstanceProfile,
  deleteLoginProfile,
  deleteOpenIdConnectProvider,
  deletePolicy,
  deletePolicyVersion,
  deleteRole,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  deleteServiceLinkedRole,
  deleteUser,
  deleteUserPermissionsBoundary,
  deleteUserPolicy,
  detachGroupPolicy,
  detachRolePolicy,
  detachUserPolicy,
  generateCredentialReport,
  getAccessKeyLastUsed,
  getAccountAuthorizationDetails,
  getAccountPasswordPolicy,
  getAccountSummary,
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
  getCredentialReport,
  getGroup,
  getGroupPolicy,
  getInstanceProfile,
  getLoginProfile,
  getOpenIdConnectProvider,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  getServiceLinkedRoleDeletionStatus,
  getUser,
  getUserPolicy,
  listAccessKeys,
  listAccountAliases,
  listAttachedGroupPolicies,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
  listEntitiesForPolicy,
  listGroupPolicies,
  listGroups,
  listGroupsForUser,
  listInstanceProfileTags,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  listOpenIdConnectProviders,
  listPolicies,
  listPolicyTags,
  listPolicyVersions,
  listRolePolicies,
  listRoleTags,
  listRoles,
  listUserPolicies,
  listUserTags,
  listUsers,
  putGroupPolicy,
  putRolePermissionsBoundary,
  putRolePolicy,
  putUserPermissionsBoundary,
  putUserPolicy,
  removeRoleFromInstanceProfile,
  removeUserFromGroup,
  setDefaultPolicyVersion,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
  tagInstanceProfile,
  tagPolicy,
  tagRole,
  tagUser,
  untagInstanceProfile,
  untagPolicy,
  untagRole,
  untagUser,
  updateAccessKey,
  updateAccountPasswordPolicy,
  updateAssumeRolePolicy,
  updateGroup,
  updateLoginProfile,
  updateRole,
  updateRoleDescription,
  updateUser,
]

/** AWS Identity and Access Management. Global: its state has an account and no region. */
export const iam: Service = {
  name: 'iam',
  eventSource: 'iam.amazonaws.com',
  protocol: 'query',
  apiVersion: '2010-05-08',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  validationCode: 'ValidationError',
  deniedCode: 'AccessDenied',
  operations,
  resources,
}
