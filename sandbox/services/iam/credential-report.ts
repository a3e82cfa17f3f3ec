import { ALL, accessKeys, rootOf } from '../../credentials'
import type { Call } from '../../operation'
import { settingsOf } from './account-settings'
import { mfaDevices, users, type User } from './records'

const FRESH_MS = 4 * 3600_000
const DAY_MS = 86_400_000
const KEY_COLUMNS = ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service']
/** The columns as AWS has them (IAM User Guide, "Generate credential reports for your AWS account"). */
const COLUMNS = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed', 'password_next_rotation', 'mfa_active'],
  ...[1, 2].flatMap((n) => KEY_COLUMNS.map((column) => `access_key_${n}_${column}`)),
  ...[1, 2].flatMap((n) => [`cert_${n}_active`, `cert_${n}_last_rotated`]),
]
const NO_KEY = ['false', 'N/A', 'N/A', 'N/A', 'N/A']
const NO_CERTIFICATE = ['false', 'N/A']

/** AWS makes a new report when the last one is four hours old. */
export function isFresh({ at }: { at: string }, now: number): boolean {
  return now - Date.parse(at) < FRESH_MS
}

/** The report on the credentials of root and all users, as CSV. */
export async function credentialReport(call: Call): Promise<string> {
  const { sandbox, account } = call
  const all = (await sandbox.store.list(users, account)).map(({ value }) => value)
  const born = all.map(({ createdAt }) => createdAt).sort()[0] ?? new Date(sandbox.now()).toISOString()
  const root = ['<root_account>', rootOf(account).arn, born, 'not_supported', 'no_information', 'not_supported', 'not_supported', 'false', ...NO_KEY, ...NO_KEY, ...NO_CERTIFICATE, ...NO_CERTIFICATE]
  const withDevice = new Set((await sandbox.store.list(mfaDevices, account)).map(({ value }) => value.userName))
  const rows = await Promise.all(all.map((user) => rowOf(call, user, withDevice.has(user.userName))))
  return [COLUMNS, root, ...rows].map((row) => row.join(',')).join('\n')
}

async function rowOf(call: Call, { userName, arn, createdAt, login, accessKeys: ids, signingCertificates = [] }: User, hasDevice: boolean): Promise<string[]> {
  const keys = await Promise.all([0, 1].map((i) => (ids[i] === undefined ? undefined : call.sandbox.store.get(accessKeys, ALL, ids[i]))))
  const { passwordPolicy } = await settingsOf(call)
  const next = login && passwordPolicy?.maxAgeDays ? new Date(Date.parse(login.changedAt) + passwordPolicy.maxAgeDays * DAY_MS).toISOString() : 'N/A'
  const password = login ? ['true', 'no_information', login.changedAt, next] : ['false', 'N/A', 'N/A', 'N/A']
  const ofKeys = keys.flatMap((key) =>
    key ? [String(key.status === 'Active'), key.createdAt, key.lastUsed?.at ?? 'N/A', key.lastUsed?.region ?? 'N/A', key.lastUsed?.service ?? 'N/A'] : NO_KEY,
  )
  const ofCertificates = [0, 1].flatMap((i) => (signingCertificates[i] ? [String(signingCertificates[i].status === 'Active'), signingCertificates[i].uploadedAt] : NO_CERTIFICATE))
  return [userName, arn, createdAt, ...password, String(hasDevice), ...ofKeys, ...ofCertificates]
}
