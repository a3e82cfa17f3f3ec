import type { Edge, Inventory, Resource, ResourceKind } from './index'

/** In which order kinds are deleted: what starts work before what does it, users before what they use, log groups after what writes them. */
const ORDER: readonly (readonly ResourceKind[])[] = [
  ['event-source-mapping', 'alarm', 'subscription'],
  ['schedule', 'rule'],
  ['schedule-group', 'event-bus'],
  ['usage-plan', 'api-key', 'domain-name'],
  ['rest-api', 'http-api'],
  ['client-certificate', 'vpc-link'],
  ['function'],
  ['layer', 'code-signing-config'],
  ['bucket', 'table', 'topic', 'queue'],
  ['log-group'],
  ['instance-profile', 'mfa'],
  ['user', 'group', 'role'],
  ['policy', 'oidc-provider', 'saml-provider', 'server-certificate'],
]
const RANK = new Map(ORDER.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)))

/** Resources that cannot live without another, by its ARN: mappings and log of a function, subscriptions, rules of a bus, schedules of a group. */
function partsOf({ resources, edges }: Inventory, { arn, kind, name }: Resource): string[] {
  const from = (edge: Edge['kind'], kinds: readonly ResourceKind[]) =>
    edges.filter(({ to, kind: one }) => to === arn && one === edge).map(({ from }) => from).filter((one) => resources.some((each) => each.arn === one && kinds.includes(each.kind)))
  switch (kind) {
    case 'function': {
      const logs = edges.filter((edge) => edge.from === arn && edge.kind === 'logs').map(({ to }) => to)
      // A log group that several functions write to stays.
      const own = logs.filter((one) => edges.filter(({ to, kind: each }) => to === one && each === 'logs').length === 1)
      return [...from('triggers', ['event-source-mapping']), ...own]
    }
    case 'queue':
    case 'table':
      return resources.filter(({ kind: one, facts }) => one === 'event-source-mapping' && String(facts.source).startsWith(arn) && [undefined, '/'].includes(String(facts.source)[arn.length])).map((one) => one.arn)
    case 'topic':
      return from('uses', ['subscription'])
    case 'event-bus':
      return resources.filter(({ kind: one, facts }) => one === 'rule' && facts.bus === name).map((one) => one.arn)
    case 'schedule-group':
      return from('uses', ['schedule'])
    default:
      return []
  }
}

/** What deleting does. */
export interface DeletionPlan {
  /** What goes, in the order of deletion; what was asked for is among it. */
  goes: Resource[]
  /** What stays and has to do without: it invoked, used or wrote to what goes, or drew rights from it. */
  affected: Resource[]
}

/** Plans the deletion of resources: with their parts, in dependency order. ARNs that the account does not hold are passed over. */
export function planDeletion(inventory: Inventory, arns: readonly string[]): DeletionPlan {
  const byArn = new Map(inventory.resources.map((resource) => [resource.arn, resource]))
  const goes = new Set<Resource>()
  const take = (arn: string) => {
    const resource = byArn.get(arn)
    if (!resource || goes.has(resource)) return
    goes.add(resource)
    for (const part of partsOf(inventory, resource)) take(part)
  }
  for (const arn of arns) take(arn)
  const gone = (arn: string) => goes.has(byArn.get(arn)!)
  const affected = inventory.edges.flatMap(({ from, to, kind }) => {
    // A policy gives rights to what it is attached to; everything else is used by what points to it.
    const [user, used] = kind === 'grants' ? [to, from] : [from, to]
    return gone(used) && !gone(user) ? [byArn.get(user)!] : []
  })
  return {
    goes: [...goes].sort((one, other) => RANK.get(one.kind)! - RANK.get(other.kind)!),
    affected: [...new Set(affected)],
  }
}
