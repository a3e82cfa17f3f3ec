import * as sdk from '@aws-sdk/client-iam'
import type { Operation, Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { resources } from './resources'
import { attachRolePolicy } from './operations/attach-role-policy'
import { attachUserPolicy } from './operations/attach-user-policy'
import { createAccessKey } from './operations/create-access-key'
import { createPolicy } from './operations/create-policy'
import { createPolicyVersion } from './operations/create-policy-version'
import { createRole } from './operations/create-role'
import { createUser } from './operations/create-user'
import { deleteAccessKey } from './operations/delete-access-key'
import { deletePolicy } from './operations/delete-policy'
import { deletePolicyVersion } from './operations/delete-policy-version'
import { deleteRole } from './operations/delete-role'
import { deleteRolePermissionsBoundary } from './operations/delete-role-permissions-boundary'
import { deleteRolePolicy } from './operations/delete-role-policy'
import { deleteUser } from './operations/delete-user'
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary'
import { deleteUserPolicy } from './operations/delete-user-policy'
import { detachRolePolicy } from './operations/detach-role-policy'
import { detachUserPolicy } from './operations/detach-user-policy'
import { getAccessKeyLastUsed } from './operations/get-access-key-last-used'
import { getAccountSummary } from './operations/get-account-summary'
import { getContextKeysForCustomPolicy } from './operations/get-context-keys-for-custom-policy'
import { getContextKeysForPrincipalPolicy } from './operations/get-context-keys-for-principal-policy'
import { getPolicy } from './operations/get-policy'
import { getPolicyVersion } from './operations/get-policy-version'
import { getRole } from './operations/get-role'
import { getRolePolicy } from './operations/get-role-policy'
import { getUser } from './operations/get-user'
import { getUserPolicy } from './operations/get-user-policy'
import { listAccessKeys } from './operations/list-access-keys'
import { listAccountAliases } from './operations/list-account-aliases'
import { listAttachedRolePolicies } from './operations/list-attached-role-policies'
import { listAttachedUserPolicies } from './operations/list-attached-user-policies'
import { listEntitiesForPolicy } from './operations/list-entities-for-policy'
import { listGroupsForUser } from './operations/list-groups-for-user'
import { listInstanceProfilesForRole } from './operations/list-instance-profiles-for-role'
import { listPolicies } from './operations/list-policies'
import { listPolicyTags } from './operations/list-policy-tags'
import { listPolicyVersions } from './operations/list-policy-versions'
import { listRolePolicies } from './operations/list-role-policies'
import { listRoleTags } from './operations/list-role-tags'
import { listRoles } from './operations/list-roles'
import { listUserPolicies } from './operations/list-user-policies'
import { listUserTags } from './operations/list-user-tags'
import { listUsers } from './operations/list-users'
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary'
import { putRolePolicy } from './operations/put-role-policy'
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary'
import { putUserPolicy } from './operations/put-user-policy'
import { setDefaultPolicyVersion } from './operations/set-default-policy-version'
import { simulateCustomPolicy } from './operations/simulate-custom-policy'
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy'
import { tagPolicy } from './operations/tag-policy'
import { tagRole } from './operations/tag-role'
import { tagUser } from './operations/tag-user'
import { untagPolicy } from './operations/untag-policy'
import { untagRole } from './operations/untag-role'
import { untagUser } from './operations/untag-user'
import { updateAccessKey } from './operations/update-access-key'
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy'
import { updateRole } from './operations/update-role'
import { updateRoleDescription } from './operations/update-role-description'
import { updateUser } from './operations/update-user'

const operations: Operation[] = [
  attachRolePolicy,
  attachUserPolicy,
  createAccessKey,
  createPolicy,
  createPolicyVersion,
  createRole,
  createUser,
  deleteAccessKey,
  deletePolicy,
  deletePolicyVersion,
  deleteRole,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  deleteUser,
  deleteUserPermissionsBoundary,
  deleteUserPolicy,
  detachRolePolicy,
  detachUserPolicy,
  getAccessKeyLastUsed,
  getAccountSummary,
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  getUser,
  getUserPolicy,
  listAccessKeys,
  listAccountAliases,
  listAttachedRolePolicies,
  listAttachedUserPolicies,
  listEntitiesForPolicy,
  listGroupsForUser,
  listInstanceProfilesForRole,
  listPolicies,
  listPolicyTags,
  listPolicyVersions,
  listRolePolicies,
  listRoleTags,
  listRoles,
  listUserPolicies,
  listUserTags,
  listUsers,
  putRolePermissionsBoundary,
  putRolePolicy,
  putUserPermissionsBoundary,
  putUserPolicy,
  setDefaultPolicyVersion,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
  tagPolicy,
  tagRole,
  tagUser,
  untagPolicy,
  untagRole,
  untagUser,
  updateAccessKey,
  updateAssumeRolePolicy,
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
