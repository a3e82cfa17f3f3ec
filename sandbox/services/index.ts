import type { Resource, Service } from '../operation'
import { routed, type RoutedService } from '../route'
import type { Sandbox } from '../sandbox'
import { apiGateway } from './apigateway/index'
import { apiGatewayV2 } from './apigatewayv2/index'
import { dynamoDb } from './dynamodb/index'
import { dynamoDbStreams } from './dynamodb/streams/index'
import { cloudTrail } from './cloudtrail/index'
import { cloudWatch } from './cloudwatch/index'
import { events } from './events/index'
import { iam } from './iam/index'
import { lambda } from './lambda/index'
import { logs } from './logs/index'
import { s3 } from './s3/index'
import { scheduler } from './scheduler/index'
import { sns } from './sns/index'
import { sqs } from './sqs/index'
import { sts } from './sts/index'

/**
 * Every service that the sandbox knows, prepared for routing when something beyond its name is first asked of it: in the
 * bundled program its modules are read then (docs/decisions/031-a-program-that-loads-late.md).
 */
export const services: RoutedService[] = [
  late('apigateway', () => apiGateway),
  late('apigateway', () => apiGatewayV2),
  late('cloudtrail', () => cloudTrail),
  late('monitoring', () => cloudWatch),
  late('dynamodb', () => dynamoDb),
  late('dynamodb', () => dynamoDbStreams),
  late('events', () => events),
  late('iam', () => iam),
  late('lambda', () => lambda),
  late('logs', () => logs),
  late('scheduler', () => scheduler),
  late('sns', () => sns),
  late('sqs', () => sqs),
  late('sts', () => sts),
  // The last: a path that no other service knows is a bucket's.
  late('s3', () => s3),
]

function late(name: string, load: () => Service): RoutedService {
  let loaded: RoutedService | undefined
  return new Proxy({ name } as RoutedService, { get: (_, key) => (key === 'name' ? name : Reflect.get((loaded ??= routed(load())), key)) })
}

/** Everything that an account holds, over all services and regions. */
export async function inventory(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const lists = await Promise.all(services.map((service) => service.resources?.(sandbox, account) ?? []))
  return lists.flat()
}
