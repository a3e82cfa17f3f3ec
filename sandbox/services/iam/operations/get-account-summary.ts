import { GetAccountSummary$, type GetAccountSummaryResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { QUOTAS } from '../quotas'
import { settingsOf } from '../account-settings'
import { groups, instanceProfiles, managedPolicies, mfaDevices, oidcProviders, roles, samlProviders, serverCertificates, users } from '../records'

/** IAM's quotas for an account, under the names of the summary. */
const SHOWN_QUOTAS = {
  UsersQuota: QUOTAS.UsersPerAccount,
  RolesQuota: QUOTAS.RolesPerAccount,
  GroupsQuota: QUOTAS.GroupsPerAccount,
  PoliciesQuota: QUOTAS.PoliciesPerAccount,
  PolicyVersionsInUseQuota: 10_000,
  VersionsPerPolicyQuota: 5,
  PolicySizeQuota: 6144,
  UserPolicySizeQuota: 2048,
  RolePolicySizeQuota: 10_240,
  GroupPolicySizeQuota: 5120,
  AssumeRolePolicySizeQuota: 2048,
  AccessKeysPerUserQuota: QUOTAS.AccessKeysPerUser,
  AttachedPoliciesPerUserQuota: QUOTAS.PoliciesPerUser,
  AttachedPoliciesPerRoleQuota: QUOTAS.PoliciesPerRole,
  AttachedPoliciesPerGroupQuota: QUOTAS.PoliciesPerGroup,
  GroupsPerUserQuota: QUOTAS.GroupsPerUser,
  InstanceProfilesQuota: QUOTAS.InstanceProfilesPerAccount,
  ServerCertificatesQuota: QUOTAS.ServerCertificatesPerAccount,
  SigningCertificatesPerUserQuota: QUOTAS.SigningCertificatesPerUser,
}

/** Counts and quotas of the account. */
export const getAccountSummary = operation<Record<string, never>, GetAccountSummaryResponse>(GetAccountSummary$, {
  resource: () => '*',
  async run(call) {
    const { sandbox, account } = call
    const [allUsers, allGroups, allRoles, profiles, policies, devices, certificates, ...providers] = await Promise.all([
      sandbox.store.list(users, account),
      sandbox.store.list(groups, account),
      sandbox.store.list(roles, account),
      sandbox.store.list(instanceProfiles, account),
      sandbox.store.list(managedPolicies, account),
      sandbox.store.list(mfaDevices, account),
      sandbox.store.list(serverCertificates, account),
      sandbox.store.list(oidcProviders, account),
      sandbox.store.list(samlProviders, account),
    ])
    return {
      SummaryMap: {
        ...SHOWN_QUOTAS,
        Users: allUsers.length,
        Roles: allRoles.length,
        Policies: policies.length,
        PolicyVersionsInUse: policies.reduce((sum, { value }) => sum + value.versions.length, 0),
        Groups: allGroups.length,
        MFADevices: devices.length,
        MFADevicesInUse: devices.filter(({ value }) => value.userName !== undefined).length,
        AccountMFAEnabled: 0,
        AccountAccessKeysPresent: 0,
        AccountPasswordPresent: 0,
        AccountSigningCertificatesPresent: 0,
        InstanceProfiles: profiles.length,
        Providers: providers.flat().length,
        ServerCertificates: certificates.length,
        GlobalEndpointTokenVersion: (await settingsOf(call)).globalTokenVersion ?? 1,
      } as never,
    }
  },
})
