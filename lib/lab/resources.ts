import type { Inventory, Resource } from '@/lib/inventory'

/** The resources of an account that a lab's `inventory` names, by ARN or as `type/name`. */
export function labResources({ resources }: Pick<Inventory, 'resources'>, names: readonly string[]): Resource[] {
  const named = new Set(names)
  return resources.filter(({ arn, kind, name }) => named.has(arn) || named.has(`${kind}/${name}`))
}
