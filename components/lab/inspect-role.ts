import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam'
import type { CloudClients } from '@/lib/cloud'
import { unlessGone } from '@/lib/lab/account'

/** A statement of a policy, ready to be said in plain words. */
export interface StatementView {
  allow: boolean
  /** Who, in a trust policy. */
  principals: string[]
  /** Whether the lists below name what the statement is not about. */
  notActions: boolean
  actions: string[]
  notResources: boolean
  resources: string[]
  conditional: boolean
}

export interface PolicyView {
  name: string
  arn?: string
  json: string
  statements: StatementView[]
}

/** A role, read live: who may assume it, and what it then may do. */
export interface RoleView {
  name: string
  arn: string
  trust: PolicyView
  attached: PolicyView[]
  inline: PolicyView[]
  boundary?: string
}

/** Reads a role and all its policies; undefined where there is none of that name. */
export async function inspectRole({ iam }: CloudClients, name: string): Promise<RoleView | undefined> {
  const found = await unlessGone(iam.send(new GetRoleCommand({ RoleName: name })))
  if (!found) return undefined
  const { Role } = found
  const attached: Promise<PolicyView>[] = []
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: name })) {
    for (const { PolicyArn, PolicyName } of page.AttachedPolicies ?? []) attached.push(managedPolicy(iam, PolicyArn!, PolicyName!))
  }
  const inline: Promise<PolicyView>[] = []
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: name })) {
    for (const policy of page.PolicyNames ?? []) {
      inline.push(iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy })).then(({ PolicyDocument }) => policyView(policy, PolicyDocument)))
    }
  }
  return {
    name,
    arn: Role!.Arn!,
    trust: policyView(name, Role!.AssumeRolePolicyDocument),
    attached: await Promise.all(attached),
    inline: await Promise.all(inline),
    ...(Role!.PermissionsBoundary?.PermissionsBoundaryArn !== undefined && { boundary: Role!.PermissionsBoundary.PermissionsBoundaryArn }),
  }
}

async function managedPolicy(iam: CloudClients['iam'], arn: string, name: string): Promise<PolicyView> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }))
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy!.DefaultVersionId! }))
  return { ...policyView(name, PolicyVersion!.Document), arn }
}

/** @param document as IAM gives it: JSON, percent-encoded by RFC 3986 */
export function policyView(name: string, document = '{}'): PolicyView {
  const policy = JSON.parse(document.trimStart().startsWith('{') ? document : decodeURIComponent(document))
  return { name, json: JSON.stringify(policy, null, 2), statements: list(policy.Statement).map(statementView) }
}

function statementView(statement: any): StatementView {
  const principal = statement.Principal ?? {}
  return {
    allow: statement.Effect === 'Allow',
    principals: typeof principal === 'string' ? [principal] : Object.values(principal).flatMap(list).map(String),
    notActions: statement.NotAction !== undefined,
    actions: list(statement.Action ?? statement.NotAction),
    notResources: statement.NotResource !== undefined,
    resources: list(statement.Resource ?? statement.NotResource),
    conditional: statement.Condition !== undefined,
  }
}

function list(value: any): any[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
