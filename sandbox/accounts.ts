import { randomInt } from 'node:crypto'
import { ALL, accessKeys, issueSession, rootOf, secretKey, uniqueId, type AccessKey, type Session } from './credentials'
import { AwsError } from './errors'
import type { Sandbox } from './sandbox'
import { groupsOf, managedPolicy, ownPolicies } from './services/iam/held-policies'
import { parsePolicy, statementsOf, type PolicyDocument } from './services/iam/policy-document'
import { users, type User } from './services/iam/records'
import { collection, type Write } from './store'

/** The account of one learner. */
export interface Account {
  accountId: string
  createdAt: string
}

export const accounts = collection<Account>('accounts')

/** The IAM user that each account is born with, as AWS advises in place of the root user. */
export const LEARNER = 'learner'
const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess'
const SESSION_SECONDS = 3600

/** Makes an account with the user `learner` and one access key. */
export async function createAccount(sandbox: Sandbox): Promise<Account> {
  return sandbox.store.lock('accounts', async () => {
    let accountId: string
    do accountId = String(randomInt(100_000_000_000, 1_000_000_000_000 - 1))
    while (await sandbox.store.get(accounts, ALL, accountId))
    const account = { accountId, createdAt: new Date(sandbox.now()).toISOString() }
    await sandbox.store.batch([{ collection: accounts, scope: ALL, key: accountId, value: account }, ...(await freshLearner(sandbox, accountId))])
    return account
  })
}

/** The keys of the account's learner. @throws AwsError where account or key is not there */
export async function learnerKey(sandbox: Sandbox, accountId: string): Promise<AccessKey> {
  await requireAccount(sandbox, accountId)
  const [newest] = (await keysOf(sandbox, accountId)).sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return newest ?? rotateKey(sandbox, accountId)
}

/** Gives the learner a new key, ends the old ones at once, and mends the user where it was deleted, lost its policy, or locked itself out. */
export async function rotateKey(sandbox: Sandbox, accountId: string): Promise<AccessKey> {
  await requireAccount(sandbox, accountId)
  return sandbox.store.lock(`iam ${accountId}`, async () => {
    const old = (await sandbox.store.get(users, accountId, LEARNER))?.accessKeys ?? []
    const writes = await freshLearner(sandbox, accountId)
    await sandbox.store.batch([...old.map((key) => ({ collection: accessKeys, scope: ALL, key })), ...writes])
    return writes.at(-1)!.value as AccessKey
  })
}

/** A short session of the account's root, for the checks. */
export async function rootSession(sandbox: Sandbox, accountId: string): Promise<Session> {
  await requireAccount(sandbox, accountId)
  return issueSession(sandbox, rootOf(accountId), SESSION_SECONDS)
}

async function requireAccount(sandbox: Sandbox, accountId: string): Promise<void> {
  if (!(await sandbox.store.get(accounts, ALL, accountId))) throw new AwsError('NoSuchAccount', `There is no account ${accountId} in this sandbox.`, 404)
}

async function keysOf(sandbox: Sandbox, accountId: string): Promise<AccessKey[]> {
  const learner = await sandbox.store.get(users, accountId, LEARNER)
  const keys = await Promise.all((learner?.accessKeys ?? []).map((id) => sandbox.store.get(accessKeys, ALL, id)))
  return keys.filter((key) => key?.status === 'Active').map((key) => key!)
}

/** The writes that make the learner whole; the last one is the new access key. */
async function freshLearner(sandbox: Sandbox, accountId: string): Promise<Write[]> {
  const now = new Date(sandbox.now()).toISOString()
  const found = await sandbox.store.get(users, accountId, LEARNER)
  const before = found && (await unlocked(sandbox, found))
  const key: AccessKey = { accessKeyId: uniqueId('AKIA'), secretAccessKey: secretKey(), account: accountId, userName: LEARNER, status: 'Active', createdAt: now }
  const user = {
    userName: LEARNER,
    userId: uniqueId('AIDA'),
    path: '/',
    arn: `arn:aws:iam::${accountId}:user/${LEARNER}`,
    createdAt: now,
    tags: [],
    inline: {},
    ...before,
    attached: [...new Set([...(before?.attached ?? []), ADMINISTRATOR_ACCESS])],
    accessKeys: [key.accessKeyId],
  }
  return [
    { collection: users, scope: accountId, key: LEARNER, value: user },
    { collection: accessKeys, scope: ALL, key: key.accessKeyId, value: key },
  ]
}

/** The learner without what keeps an administrator out: a boundary, and policies with a Deny, be they of a group. */
async function unlocked(sandbox: Sandbox, { boundary: _, ...user }: User): Promise<User> {
  const account = user.arn.split(':')[4]!
  const inline = Object.entries(user.inline).filter(([, text]) => !hasDeny(parsePolicy(text)))
  const attached = await Promise.all(user.attached.map((arn) => managedPolicy(sandbox, account, arn)))
  const groups = await groupsOf(sandbox, account, user)
  const denying = await Promise.all(groups.map(async (group) => (await ownPolicies(sandbox, account, group)).some(({ document }) => hasDeny(document))))
  return {
    ...user,
    inline: Object.fromEntries(inline),
    attached: user.attached.filter((_arn, i) => attached[i] && !hasDeny(attached[i].document)),
    groups: groups.filter((_group, i) => !denying[i]).map(({ groupName }) => groupName),
  }
}

function hasDeny(document: PolicyDocument): boolean {
  return statementsOf(document).some(({ Effect }) => Effect === 'Deny')
}
