import type { CloudClients, ServiceName } from '@/lib/cloud/clients'
import { KINDS, type InventoryService, type ResourceKind } from './kinds'
import { Look } from './look'
import { readApis } from './readers/apis'
import { readAlarms } from './readers/alarms'
import { readBuckets } from './readers/buckets'
import { readEvents } from './readers/events'
import { readFunctions } from './readers/functions'
import { readIam } from './readers/iam'
import { readLogs } from './readers/logs'
import { readMessaging } from './readers/messaging'
import { readSchedules } from './readers/schedules'
import { readTables } from './readers/tables'

export { KINDS, type InventoryService, type ResourceKind }

/** One thing that an account holds. */
export interface Resource {
  /** Names it for as long as it exists. */
  arn: string
  service: InventoryService
  kind: ResourceKind
  name: string
  /** ISO; absent where AWS does not say (topics, subscriptions, rules). */
  createdAt?: string
  /** AWS's own word, such as `Active`, `ENABLED`, `ALARM`. */
  state?: string
  /** What the lists already told, by name: the runtime, the schedule's expression … Values that are ARNs name resources. */
  facts: Record<string, string | number>
}

/**
 * How one resource has to do with another. `invokes`: an API's integration or authorizer. `triggers`: an event source,
 * notification, rule or schedule starts it. `delivers`: a topic's subscription. `destination`, `deadLetter`: where results
 * and failures go. `runsAs`: the role that it acts as. `mayUse`: a policy of the function's role names it. `grants`: a
 * policy is attached to it. `uses`: a layer, bus, group or plan. `logs`: where it writes its log. `watches`: an alarm on it.
 */
export type EdgeKind = 'invokes' | 'triggers' | 'delivers' | 'destination' | 'deadLetter' | 'runsAs' | 'mayUse' | 'grants' | 'uses' | 'logs' | 'watches'

/** A connection, by ARNs, in the direction in which work flows. */
export interface Edge {
  from: string
  to: string
  kind: EdgeKind
}

/** A call that the backend does not have or refused. */
export interface Failure {
  service: ServiceName
  message: string
  /** Whether IAM denied it. */
  denied: boolean
}

/** Everything that an account holds in one region, and IAM and S3. */
export interface Inventory {
  /** By service and kind in the order of `KINDS`, then by name. */
  resources: Resource[]
  edges: Edge[]
  /** What could not be looked at: of these services something may be missing. */
  failed: Failure[]
}

const ORDER = new Map(Object.values(KINDS).flat().map((kind, index) => [kind as string, index]))
const READERS = [readApis, readFunctions, readTables, readBuckets, readMessaging, readEvents, readSchedules, readIam, readLogs, readAlarms]

/**
 * Reads what an account holds over all services, by their list and describe calls alone, so that it is the same on every
 * endpoint. What an account was born with (default bus, default schedule group, the user `learner`, roles of AWS) is left out.
 *
 * @param clients whose rights decide what is seen
 * @throws CloudUnavailable; any other failure is told in `failed`
 */
export async function readInventory(clients: CloudClients, { accountId, region }: { accountId: string; region: string }): Promise<Inventory> {
  const look = new Look(clients, accountId, region)
  await Promise.all(READERS.map((read) => read(look)))
  const edges = [...look.edges.values(), ...mayUse(look)].filter(({ from, to }) => look.resources.has(from) && look.resources.has(to))
  return {
    resources: [...look.resources.values()].sort((one, other) => ORDER.get(one.kind)! - ORDER.get(other.kind)! || one.name.localeCompare(other.name)),
    edges,
    failed: look.failures(),
  }
}

/** What functions may use: their roles' policies name it. A policy for `*` names nothing. */
function mayUse({ resources, edges, named }: Look): Edge[] {
  const targets = [...resources.values()].filter(({ kind }) => ['table', 'bucket', 'topic', 'queue', 'event-bus'].includes(kind))
  const byRole = new Map<string, string[]>()
  for (const [role, patterns] of named) {
    const matchers = patterns.map((pattern) => matcher(pattern))
    byRole.set(role, targets.filter(({ arn }) => matchers.some((matches) => matches(arn))).map(({ arn }) => arn))
  }
  return [...edges.values()]
    .filter(({ from, kind }) => kind === 'runsAs' && resources.get(from)?.kind === 'function')
    .flatMap(({ from, to: role }) => (byRole.get(role) ?? []).map((to) => ({ from, to, kind: 'mayUse' as const })))
}

/** Matches an ARN by the pattern of a policy; what stands below a table or bucket (`/index/*`, `/*`) counts for the whole. */
function matcher(pattern: string): (arn: string) => boolean {
  const whole = pattern.replace(/^(arn:[^:]*:dynamodb:[^/]*\/[^/]+)\/.*$/, '$1').replace(/^(arn:[^:]*:s3:::[^/]+)\/.*$/, '$1')
  const regex = new RegExp(`^${whole.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`)
  return (arn) => regex.test(arn)
}
