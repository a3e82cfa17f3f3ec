import {
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListInstanceProfiles,
  paginateListServerCertificates,
  paginateListVirtualMFADevices,
  type GetAccountAuthorizationDetailsResponse,
  type PolicyDetail,
} from '@aws-sdk/client-iam'
import type { Look } from '../look'

/** The user that an account is born with. */
const BORN_WITH = 'learner'

/** Roles, policies, users and groups with what is attached to what, from the one call that tells all of them, and the rest of IAM. */
export async function readIam(look: Look): Promise<void> {
  const client = look.clients.iam
  const service = 'iam'
  await Promise.all([
    look
      .all(service, () => paginateGetAccountAuthorizationDetails({ client }, { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] }), (page) => [page])
      .then((pages) => readDetails(look, pages)),
    look.all(service, () => paginateListInstanceProfiles({ client }, {}), (page) => page.InstanceProfiles).then((profiles) => {
      for (const { InstanceProfileName: name = '', Arn: arn, CreateDate, Roles = [] } of profiles) {
        look.add({ arn, service, kind: 'instance-profile', name, createdAt: CreateDate?.toISOString() })
        for (const role of Roles) look.link(arn, role.Arn, 'runsAs')
      }
    }),
    look.ask(service, () => client.send(new ListOpenIDConnectProvidersCommand({}))).then((page) => {
      for (const { Arn: arn } of page?.OpenIDConnectProviderList ?? []) look.add({ arn, service, kind: 'oidc-provider', name: after(arn) })
    }),
    look.ask(service, () => client.send(new ListSAMLProvidersCommand({}))).then((page) => {
      for (const { Arn: arn, CreateDate } of page?.SAMLProviderList ?? []) look.add({ arn, service, kind: 'saml-provider', name: after(arn), createdAt: CreateDate?.toISOString() })
    }),
    look.all(service, () => paginateListVirtualMFADevices({ client }, {}), (page) => page.VirtualMFADevices).then((devices) => {
      for (const { SerialNumber: arn, EnableDate, User } of devices) look.add({ arn, service, kind: 'mfa', name: after(arn), createdAt: EnableDate?.toISOString(), facts: { user: User?.UserName } })
    }),
    look.all(service, () => paginateListServerCertificates({ client }, {}), (page) => page.ServerCertificateMetadataList).then((certificates) => {
      for (const { ServerCertificateName: name = '', Arn: arn, UploadDate } of certificates) look.add({ arn, service, kind: 'server-certificate', name, createdAt: UploadDate?.toISOString() })
    }),
  ])
}

function readDetails(look: Look, pages: GetAccountAuthorizationDetailsResponse[]): void {
  const service = 'iam'
  const managed = new Map<string, string>()
  for (const { PolicyName: name = '', Arn: arn = '', CreateDate, PolicyVersionList = [], AttachmentCount: attachments, DefaultVersionId: version } of pages.flatMap(({ Policies = [] }) => Policies)) {
    managed.set(arn, PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? '')
    if (!arn.includes(':iam::aws:')) look.add({ arn, service, kind: 'policy', name, createdAt: CreateDate?.toISOString(), facts: { attachments, version } })
  }
  for (const { RoleName: name = '', Arn: arn = '', Path: path, CreateDate, AttachedManagedPolicies = [], RolePolicyList = [], PermissionsBoundary } of pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList)) {
    if (path?.startsWith('/aws-service-role/')) continue
    look.add({ arn, service, kind: 'role', name, createdAt: CreateDate?.toISOString(), facts: { path: path === '/' ? undefined : path, boundary: PermissionsBoundary?.PermissionsBoundaryArn, ...policies(AttachedManagedPolicies, RolePolicyList) } })
    for (const { PolicyArn } of AttachedManagedPolicies) look.link(PolicyArn, arn, 'grants')
    look.link(PermissionsBoundary?.PermissionsBoundaryArn, arn, 'grants')
    const documents = [...AttachedManagedPolicies.map(({ PolicyArn = '' }) => managed.get(PolicyArn)), ...RolePolicyList.map(({ PolicyDocument }) => PolicyDocument)]
    look.named.set(arn, documents.flatMap(namedBy))
  }
  const groups = pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList)
  for (const { GroupName: name = '', Arn: arn, CreateDate, AttachedManagedPolicies = [], GroupPolicyList } of groups) {
    look.add({ arn, service, kind: 'group', name, createdAt: CreateDate?.toISOString(), facts: policies(AttachedManagedPolicies, GroupPolicyList) })
    for (const { PolicyArn } of AttachedManagedPolicies) look.link(PolicyArn, arn, 'grants')
  }
  for (const { UserName: name = '', Arn: arn, CreateDate, AttachedManagedPolicies = [], UserPolicyList, GroupList = [] } of pages.flatMap(({ UserDetailList = [] }) => UserDetailList)) {
    if (name === BORN_WITH) continue
    look.add({ arn, service, kind: 'user', name, createdAt: CreateDate?.toISOString(), facts: policies(AttachedManagedPolicies, UserPolicyList) })
    for (const { PolicyArn } of AttachedManagedPolicies) look.link(PolicyArn, arn, 'grants')
    for (const { Arn: group, GroupName } of groups) if (GroupName !== undefined && GroupList.includes(GroupName)) look.link(arn, group, 'uses')
  }
}

function policies(attached: { PolicyName?: string | undefined }[], inline: PolicyDetail[] = []): Record<string, string> {
  const names = (list: { PolicyName?: string | undefined }[]) => list.map(({ PolicyName }) => PolicyName).join(', ')
  return { attached: names(attached), inline: names(inline) }
}

/** What the Allow statements of a policy document name; `*` names nothing. IAM hands documents out percent-encoded. */
function namedBy(encoded: string | undefined): string[] {
  if (!encoded) return []
  try {
    const { Statement } = JSON.parse(decodeURIComponent(encoded)) as { Statement?: unknown }
    return [Statement].flat().flatMap((one) => {
      const { Effect, Resource } = one as { Effect?: string; Resource?: unknown }
      return Effect === 'Allow' ? [Resource].flat().filter((arn): arn is string => typeof arn === 'string' && arn.startsWith('arn:')) : []
    })
  } catch {
    // A document that is none names nothing; the policy view tells what is wrong with it.
    return []
  }
}

const after = (arn = '') => arn.slice(arn.indexOf('/') + 1)
