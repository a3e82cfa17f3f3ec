import { randomInt } from 'node:crypto'
import { readInventory } from '@/lib/inventory'
import type { Cloud } from './cloud'
import { ClientCache } from './client-cache'
import type { CloudClients } from './clients'
import { CloudUnavailable, NotOffered } from './errors'

const HEALTH_MS = 5_000
/** These endpoints take any secret. */
const SECRET = 'test'

/** Any AWS-compatible endpoint that takes a 12-digit account id as access key, as LocalStack, MiniStack and moto do. */
export function endpointCloud({ endpoint, region }: { endpoint: string; region: string }): Cloud {
  const cache = new ClientCache()
  const keys = async (accountId: string) => ({ userName: 'root', accessKeyId: accountId, secretAccessKey: SECRET, createdAt: new Date(0).toISOString() })

  async function clients(accountId: string, appId: string, where: string): Promise<CloudClients> {
    const name = `${appId} ${accountId} ${where}`
    return cache.find(name) ?? cache.make(name, { endpoint, region: where, credentials: { accessKeyId: accountId, secretAccessKey: SECRET }, appId })
  }

  return {
    backend: 'endpoint',
    endpoint,
    region,
    // Calls come as the account's root, so nothing is ever denied to the learner here.
    capabilities: new Set(['lambda.logs', 'lambda.report', 'lambda.python']),
    async createAccount() {
      return String(randomInt(100_000_000_000, 1_000_000_000_000))
    },
    keys,
    async rotateKeys() {
      throw new NotOffered(`The endpoint ${endpoint} has no keys to rotate: the account id is the access key.`)
    },
    clients: (accountId, { as, region: where = region }) => clients(accountId, as === 'learner' ? 'worklab-web' : 'worklab-checks', where),
    async events() {
      throw new NotOffered(`The endpoint ${endpoint} keeps no audit trail.`)
    },
    async clock() {
      throw new NotOffered(`The endpoint ${endpoint} goes by the machine's clock.`)
    },
    async moveClock() {
      throw new NotOffered(`The endpoint ${endpoint} goes by the machine's clock.`)
    },
    async resources(accountId) {
      const { resources } = await readInventory(await clients(accountId, 'worklab-checks', region), { accountId, region })
      return resources.map(({ service, kind, name, arn, createdAt }) => ({ service, type: kind, name, arn, createdAt: createdAt ?? new Date(0).toISOString() }))
    },
    async status() {
      let response: Response
      try {
        response = await fetch(`${endpoint}/_localstack/health`, { cache: 'no-store', signal: AbortSignal.timeout(HEALTH_MS) })
      } catch (error) {
        throw new CloudUnavailable(endpoint, error)
      }
      // moto and others have no such page: that they answered is all there is to know.
      const health = response.ok ? ((await response.json().catch(() => ({}))) as { version?: string }) : {}
      return { version: health.version ?? 'unknown', isolation: 'unknown', runtimes: {} }
    },
  }
}
