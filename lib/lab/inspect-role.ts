import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  paginateListAttachedRolePolicies,
} from '@aws-sdk/client-iam'
import type { CloudClients } from '@/lib/cloud/clients'
import { unlessGone } from './account'

/** A role as the inspector shows it, every document in full. */
export interface InspectedRole {
  name: string
  arn: string
  trust: unknown
  attached: { name: string; arn: string; document: unknown }[]
  inline: { name: string; document: unknown }[]
  boundaryArn?: string
}

/** Reads a role with all that its policies say; undefined where there is no such role. */
export async function inspectRole({ iam }: CloudClients, roleName: string): Promise<InspectedRole | undefined> {
  const { Role } = (await unlessGone(iam.send(new GetRoleCommand({ RoleName: roleName })))) ?? {}
  if (!Role) return undefined
  const attached: InspectedRole['attached'] = []
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: roleName })) {
    for (const { PolicyName, PolicyArn } of page.AttachedPolicies ?? []) {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
      const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }))
      attached.push({ name: PolicyName!, arn: PolicyArn!, document: document(PolicyVersion?.Document) })
    }
  }
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: roleName }))
  const inline = await Promise.all(
    PolicyNames.map(async (name) => ({ name, document: document((await iam.send(new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name }))).PolicyDocument) })),
  )
  const boundaryArn = Role.PermissionsBoundary?.PermissionsBoundaryArn
  return { name: Role.RoleName!, arn: Role.Arn!, trust: document(Role.AssumeRolePolicyDocument), attached, inline, ...(boundaryArn !== undefined && { boundaryArn }) }
}

/** IAM hands documents out URL-encoded. */
function document(encoded: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(encoded ?? '{}'))
}
