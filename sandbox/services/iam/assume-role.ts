import { issueSession, type Session } from '../../credentials'
import type { Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { change } from './entities'
import { judge } from './judge'
import { parsePolicy } from './policy-document'
import { roles, type Role } from './records'

/** Why a service cannot assume a role. */
export type AssumeRefusal = 'noSuchRole' | 'notTrusted'

/** Who wants to assume which role. */
export interface ServiceAssumption {
  /** The account of the function, API or rule; the role must be in it. */
  account: string
  roleArn: string
  /** Such as `lambda.amazonaws.com`. */
  service: string
  /** What it is assumed for (`aws:SourceArn` in trust policies), where that is known. */
  sourceArn?: string
}

const NOTE_USE_EVERY_MS = 60_000

/** The role of that ARN; undefined where there is none. Roles are found in any account of the sandbox. */
export async function findRole(sandbox: Sandbox, roleArn: string): Promise<Role | undefined> {
  const [, account, path] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? []
  if (account === undefined) return undefined
  const role = await sandbox.store.get(roles, account, path!.slice(path!.lastIndexOf('/') + 1))
  return role?.arn === roleArn ? role : undefined
}

/** Tells whether a service could assume a role now; undefined where it can. Changes nothing. */
export async function refusalForService(sandbox: Sandbox, assumption: ServiceAssumption): Promise<AssumeRefusal | undefined> {
  const found = await check(sandbox, assumption)
  return typeof found === 'string' ? found : undefined
}

/**
 * Lets a service assume a role, as Lambda does for a function's credentials.
 * @param assumption.seconds life of the credentials
 */
export async function assumeRoleForService(
  sandbox: Sandbox,
  assumption: ServiceAssumption & { sessionName: string; seconds: number; region?: string },
): Promise<{ session: Session; refusal?: undefined } | { session?: undefined; refusal: AssumeRefusal }> {
  const role = await check(sandbox, assumption)
  if (typeof role === 'string') return { refusal: role }
  const session = issueSession(sandbox, sessionPrincipal(assumption.account, role, assumption.sessionName), assumption.seconds)
  await noteUse(sandbox, assumption.account, role, assumption.region ?? 'us-east-1')
  return { session }
}

/** The principal that a session of a role is. */
export function sessionPrincipal(account: string, role: Role, sessionName: string): Omit<Principal, 'accessKeyId'> {
  return { type: 'AssumedRole', account, arn: `arn:aws:sts::${account}:assumed-role/${role.roleName}/${sessionName}`, userId: `${role.roleId}:${sessionName}`, name: role.roleName }
}

/** Keeps a role's "last used", to the minute. */
export async function noteUse(sandbox: Sandbox, account: string, role: Role, region: string): Promise<void> {
  const now = sandbox.now()
  if (role.lastUsed && now - Date.parse(role.lastUsed.at) < NOTE_USE_EVERY_MS) return
  await change({ sandbox, account }, async () => {
    const current = await sandbox.store.get(roles, account, role.roleName)
    if (current?.roleId !== role.roleId) return
    await sandbox.store.put(roles, account, role.roleName, { ...current, lastUsed: { at: new Date(now).toISOString(), region } })
  })
}

async function check(sandbox: Sandbox, { account, roleArn, service, sourceArn }: ServiceAssumption): Promise<Role | AssumeRefusal> {
  const role = await findRole(sandbox, roleArn)
  if (!role || roleArn.split(':')[4] !== account) return 'noSuchRole'
  const verdict = judge(
    {
      principal: service,
      kind: 'Service',
      action: 'sts:AssumeRole',
      resource: roleArn,
      isSameAccount: true,
      context: {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': service,
        'aws:SourceAccount': account,
        ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
      },
    },
    { identity: [], sessions: [], resource: { name: 'trust-policy', document: parsePolicy(role.trustPolicy) } },
  )
  return verdict.allowed ? role : 'notTrusted'
}
