import * as sdk from '@aws-sdk/client-iam'
import type { Operation, Service } from '../../operation'
import constraints from './constraints.json' with { type: 'json' }
import { resources } from './resources'
import { addClientIdToOpenIdConnectProvider } from './operations/add-client-id-to-open-id-connect-provider'
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
import { createSamlProvider } from './operations/create-saml-provider'
import { createServiceLinkedRole } from './operations/create-service-linked-role'
import { createServiceSpecificCredential } from './operations/create-service-specific-credential'
import { createUser } from './operations/create-user'
import { createVirtualMfaDevice } from './operations/create-virtual-mfa-device'
import { deactivateMfaDevice } from './operations/deactivate-mfa-device'
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
import { deleteSamlProvider } from './operations/delete-saml-provider'
import { deleteServerCertificate } from './operations/delete-server-certificate'
import { deleteServiceLinkedRole } from './operations/delete-service-linked-role'
import { deleteServiceSpecificCredential } from './operations/delete-service-specific-credential'
import { deleteSigningCertificate } from './operations/delete-signing-certificate'
import { deleteSshPublicKey } from './operations/delete-ssh-public-key'
import { deleteUser } from './operations/delete-user'
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary'
import { deleteUserPolicy } from './operations/delete-user-policy'
import { deleteVirtualMfaDevice } from './operations/delete-virtual-mfa-device'
import { detachGroupPolicy } from './operations/detach-group-policy'
import { detachRolePolicy } from './operations/detach-role-policy'
import { detachUserPolicy } from './operations/detach-user-policy'
import { enableMfaDevice } from './operations/enable-mfa-device'
import { generateCredentialReport } from './operations/generate-credential-report'
import { generateServiceLastAccessedDetails } from './operations/generate-service-last-accessed-details'
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
import { getMfaDevice } from './operations/get-mfa-device'
import { getOpenIdConnectProvider } from './operations/get-open-id-connect-provider'
import { getPolicy } from './operations/get-policy'
import { getPolicyVersion } from './operations/get-policy-version'
import { getRole } from './operations/get-role'
import { getRolePolicy } from './operations/get-role-policy'
import { getSamlProvider } from './operations/get-saml-provider'
import { getServerCertificate } from './operations/get-server-certificate'
import { getServiceLastAccessedDetails } from './operations/get-service-last-accessed-details'
import { getServiceLastAccessedDetailsWithEntities } from './operations/get-service-last-accessed-details-with-entities'
import { getServiceLinkedRoleDeletionStatus } from './operations/get-service-linked-role-deletion-status'
import { getSshPublicKey } from './operations/get-ssh-public-key'
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
import { listMfaDeviceTags } from './operations/list-mfa-device-tags'
import { listMfaDevices } from './operations/list-mfa-devices'
import { listOpenIdConnectProviderTags } from './operations/list-open-id-connect-provider-tags'
import { listOpenIdConnectProviders } from './operations/list-open-id-connect-providers'
import { listPolicies } from './operations/list-policies'
import { listPoliciesGrantingServiceAccess } from './operations/list-policies-granting-service-access'
import { listPolicyTags } from './operations/list-policy-tags'
import { listPolicyVersions } from './operations/list-policy-versions'
import { listRolePolicies } from './operations/list-role-policies'
import { listRoleTags } from './operations/list-role-tags'
import { listRoles } from './operations/list-roles'
import { listSamlProviderTags } from './operations/list-saml-provider-tags'
import { listSamlProviders } from './operations/list-saml-providers'
import { listServerCertificateTags } from './operations/list-server-certificate-tags'
import { listServerCertificates } from './operations/list-server-certificates'
import { listServiceSpecificCredentials } from './operations/list-service-specific-credentials'
import { listSigningCertificates } from './operations/list-signing-certificates'
import { listSshPublicKeys } from './operations/list-ssh-public-keys'
import { listUserPolicies } from './operations/list-user-policies'
import { listUserTags } from './operations/list-user-tags'
import { listUsers } from './operations/list-users'
import { listVirtualMfaDevices } from './operations/list-virtual-mfa-devices'
import { putGroupPolicy } from './operations/put-group-policy'
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary'
import { putRolePolicy } from './operations/put-role-policy'
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary'
import { putUserPolicy } from './operations/put-user-policy'
import { removeClientIdFromOpenIdConnectProvider } from './operations/remove-client-id-from-open-id-connect-provider'
import { removeRoleFromInstanceProfile } from './operations/remove-role-from-instance-profile'
import { removeUserFromGroup } from './operations/remove-user-from-group'
import { resetServiceSpecificCredential } from './operations/reset-service-specific-credential'
import { resyncMfaDevice } from './operations/resync-mfa-device'
import { setDefaultPolicyVersion } from './operations/set-default-policy-version'
import { setSecurityTokenServicePreferences } from './operations/set-security-token-service-preferences'
import { simulateCustomPolicy } from './operations/simulate-custom-policy'
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy'
import { tagInstanceProfile } from './operations/tag-instance-profile'
import { tagMfaDevice } from './operations/tag-mfa-device'
import { tagOpenIdConnectProvider } from './operations/tag-open-id-connect-provider'
import { tagPolicy } from './operations/tag-policy'
import { tagRole } from './operations/tag-role'
import { tagSamlProvider } from './operations/tag-saml-provider'
import { tagServerCertificate } from './operations/tag-server-certificate'
import { tagUser } from './operations/tag-user'
import { untagInstanceProfile } from './operations/untag-instance-profile'
import { untagMfaDevice } from './operations/untag-mfa-device'
import { untagOpenIdConnectProvider } from './operations/untag-open-id-connect-provider'
import { untagPolicy } from './operations/untag-policy'
import { untagRole } from './operations/untag-role'
import { untagSamlProvider } from './operations/untag-saml-provider'
import { untagServerCertificate } from './operations/untag-server-certificate'
import { untagUser } from './operations/untag-user'
import { updateAccessKey } from './operations/update-access-key'
import { updateAccountPasswordPolicy } from './operations/update-account-password-policy'
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy'
import { updateGroup } from './operations/update-group'
import { updateLoginProfile } from './operations/update-login-profile'
import { updateOpenIdConnectProviderThumbprint } from './operations/update-open-id-connect-provider-thumbprint'
import { updateRole } from './operations/update-role'
import { updateRoleDescription } from './operations/update-role-description'
import { updateSamlProvider } from './operations/update-saml-provider'
import { updateServerCertificate } from './operations/update-server-certificate'
import { updateServiceSpecificCredential } from './operations/update-service-specific-credential'
import { updateSigningCertificate } from './operations/update-signing-certificate'
import { updateSshPublicKey } from './operations/update-ssh-public-key'
import { updateUser } from './operations/update-user'
import { uploadServerCertificate } from './operations/upload-server-certificate'
import { uploadSigningCertificate } from './operations/upload-signing-certificate'
import { uploadSshPublicKey } from './operations/upload-ssh-public-key'

const operations: Operation[] = [
  addClientIdToOpenIdConnectProvider,
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
  createSamlProvider,
  createServiceLinkedRole,
  createServiceSpecificCredential,
  createUser,
  createVirtualMfaDevice,
  deactivateMfaDevice,
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
  deleteSamlProvider,
  deleteServerCertificate,
  deleteServiceLinkedRole,
  deleteServiceSpecificCredential,
  deleteSigningCertificate,
  deleteSshPublicKey,
  deleteUser,
  deleteUserPermissionsBoundary,
  deleteUserPolicy,
  deleteVirtualMfaDevice,
  detachGroupPolicy,
  detachRolePolicy,
  detachUserPolicy,
  enableMfaDevice,
  generateCredentialReport,
  generateServiceLastAccessedDetails,
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
  getMfaDevice,
  getOpenIdConnectProvider,
  getPolicy,
  getPolicyVersion,
  getRole,
  getRolePolicy,
  getSamlProvider,
  getServerCertificate,
  getServiceLastAccessedDetails,
  getServiceLastAccessedDetailsWithEntities,
  getServiceLinkedRoleDeletionStatus,
  getSshPublicKey,
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
  listMfaDeviceTags,
  listMfaDevices,
  listOpenIdConnectProviderTags,
  listOpenIdConnectProviders,
  listPolicies,
  listPoliciesGrantingServiceAccess,
  listPolicyTags,
  listPolicyVersions,
  listRolePolicies,
  listRoleTags,
  listRoles,
  listSamlProviderTags,
  listSamlProviders,
  listServerCertificateTags,
  listServerCertificates,
  listServiceSpecificCredentials,
  listSigningCertificates,
  listSshPublicKeys,
  listUserPolicies,
  listUserTags,
  listUsers,
  listVirtualMfaDevices,
  putGroupPolicy,
  putRolePermissionsBoundary,
  putRolePolicy,
  putUserPermissionsBoundary,
  putUserPolicy,
  removeClientIdFromOpenIdConnectProvider,
  removeRoleFromInstanceProfile,
  removeUserFromGroup,
  resetServiceSpecificCredential,
  resyncMfaDevice,
  setDefaultPolicyVersion,
  setSecurityTokenServicePreferences,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
  tagInstanceProfile,
  tagMfaDevice,
  tagOpenIdConnectProvider,
  tagPolicy,
  tagRole,
  tagSamlProvider,
  tagServerCertificate,
  tagUser,
  untagInstanceProfile,
  untagMfaDevice,
  untagOpenIdConnectProvider,
  untagPolicy,
  untagRole,
  untagSamlProvider,
  untagServerCertificate,
  untagUser,
  updateAccessKey,
  updateAccountPasswordPolicy,
  updateAssumeRolePolicy,
  updateGroup,
  updateLoginProfile,
  updateOpenIdConnectProviderThumbprint,
  updateRole,
  updateRoleDescription,
  updateSamlProvider,
  updateServerCertificate,
  updateServiceSpecificCredential,
  updateSigningCertificate,
  updateSshPublicKey,
  updateUser,
  uploadServerCertificate,
  uploadSigningCertificate,
  uploadSshPublicKey,
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
