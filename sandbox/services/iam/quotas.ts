import { LimitExceededException } from '@aws-sdk/client-iam'

/** AWS's default quotas of an account, by the names that its messages give them (IAM User Guide, "IAM and AWS STS quotas"). */
export const QUOTAS = {
  UsersPerAccount: 5000,
  GroupsPerAccount: 300,
  RolesPerAccount: 1000,
  PoliciesPerAccount: 1500,
  InstanceProfilesPerAccount: 1000,
  OpenIdConnectProvidersPerAccount: 100,
  ClientIdsPerOpenIdConnectProvider: 100,
  ThumbprintsPerOpenIdConnectProvider: 5,
  SAMLProvidersPerAccount: 100,
  ServerCertificatesPerAccount: 20,
  VirtualMfaDevicesPerAccount: 5000,
  MfaDevicesPerUser: 8,
  AccessKeysPerUser: 2,
  SigningCertificatesPerUser: 2,
  SSHPublicKeysPerUser: 5,
  ServiceSpecificCredentialsPerUser: 2,
  GroupsPerUser: 10,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  /** Roles, in AWS's own odd name for it. */
  InstanceSessionsPerInstanceProfile: 1,
} as const

/**
 * Makes sure that one more fits.
 * @param count how many there are
 * @throws LimitExceededException
 */
export function requireRoom(quota: keyof typeof QUOTAS, count: number): void {
  if (count >= QUOTAS[quota]) throw new LimitExceededException({ message: `Cannot exceed quota for ${quota}: ${QUOTAS[quota]}`, $metadata: {} })
}
