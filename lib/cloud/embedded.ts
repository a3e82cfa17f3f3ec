import type { AccountClock, AccountKeys, Cloud, CloudStatus, EventPage, Resource } from './cloud'
import { ClientCache } from './client-cache'
import { AdminRefused, CloudUnavailable, isConnectionFailure } from './errors'

const ADMIN_MS = 10_000
/** A session is renewed this long before it ends, so that no check runs into its end. */
const RENEW_MS = 5 * 60_000

/** The sandbox that Worklab starts beside itself, by its admin API. */
export function embeddedCloud({ endpoint, adminToken, region }: { endpoint: string; adminToken: string; region: string }): Cloud {
  const cache = new ClientCache()

  async function admin<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    let response: Response
    let text: string
    try {
      response = await fetch(`${endpoint}/_worklab/${path}`, {
        method,
        headers: { authorization: `Bearer ${adminToken}` },
        ...(body && { body: JSON.stringify(body) }),
        cache: 'no-store',
        signal: AbortSignal.timeout(ADMIN_MS),
      })
      text = await response.text()
    } catch (error) {
      throw isConnectionFailure(error) ? new CloudUnavailable(endpoint, error) : error
    }
    const answer = text === '' ? {} : JSON.parse(text)
    if (!response.ok) throw new AdminRefused(response.status, answer.code ?? 'Unknown', answer.message ?? text)
    return answer
  }

  const keys = (accountId: string) => admin<AccountKeys>('GET', `accounts/${accountId}/keys`)

  return {
    backend: 'embedded',
    endpoint,
    region,
    capabilities: new Set(['iam.enforced', 'lambda.logs', 'lambda.report', 'lambda.python', 'audit.trail', 'keys.rotate', 'clock.move']),
    keys,
    async createAccount() {
      return (await admin<{ accountId: string }>('POST', 'accounts')).accountId
    },
    rotateKeys: (accountId) => admin('POST', `accounts/${accountId}/keys`),
    async clients(accountId, { as, region: where = region }) {
      if (as !== 'checker') {
        // Asked for each time: the learner may have rotated or deleted keys from an own shell.
        const { accessKeyId, secretAccessKey } = await keys(accountId)
        const name = `${as} ${accessKeyId} ${where}`
        return cache.find(name) ?? cache.make(name, { endpoint, region: where, credentials: { accessKeyId, secretAccessKey }, appId: as === 'learner' ? 'worklab-web' : 'worklab-checks' })
      }
      const name = `checker ${accountId} ${where}`
      const kept = cache.find(name)
      if (kept) return kept
      const { expiration, ...credentials } = await admin<{ accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: string }>(
        'POST',
        `accounts/${accountId}/session`,
      )
      return cache.make(name, { endpoint, region: where, credentials, appId: 'worklab-checks' }, Date.parse(expiration) - RENEW_MS)
    },
    events(accountId, { limit, before } = {}) {
      const query = new URLSearchParams({ ...(limit !== undefined && { limit: String(limit) }), ...(before !== undefined && { before }) })
      return admin<EventPage>('GET', `accounts/${accountId}/events?${query}`)
    },
    async resources(accountId) {
      return (await admin<{ resources: Resource[] }>('GET', `accounts/${accountId}/resources`)).resources
    },
    status: () => admin<CloudStatus>('GET', 'status'),
    clock: (accountId) => admin<AccountClock>('GET', `accounts/${accountId}/clock`),
    moveClock: (accountId, forwardSeconds) => admin<AccountClock>('POST', `accounts/${accountId}/clock`, { forwardSeconds }),
  }
}
