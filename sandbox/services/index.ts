import type { Resource } from '../operation'
import { routed, type RoutedService } from '../route'
import type { Sandbox } from '../sandbox'
import { iam } from './iam/index'
import { sts } from './sts/index'

/** Every service that the sandbox knows, prepared for routing. */
export const services: RoutedService[] = [iam, sts].map(routed)

/** Everything that an account holds, over all services and regions. */
export async function inventory(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const lists = await Promise.all(services.map((service) => service.resources?.(sandbox, account) ?? []))
  return lists.flat()
}
