import type { Resource } from '../operation'
import { routed, type RoutedService } from '../route'
import type { Sandbox } from '../sandbox'
import { apiGateway } from './apigateway/index'
import { apiGatewayV2 } from './apigatewayv2/index'
import { cloudTrail } from './cloudtrail/index'
import { dynamoDb } from './dynamodb/index'
import { dynamoDbStreams } from './dynamodb/streams/index'
import { events } from './events/index'
import { iam } from './iam/index'
import { lambda } from './lambda/index'
import { logs } from './logs/index'
import { s3 } from './s3/index'
import { scheduler } from './scheduler/index'
import { sns } from './sns/index'
import { sqs } from './sqs/index'
import { sts } from './sts/index'

/** Every service that the sandbox knows, prepared for routing. */
export const services: RoutedService[] = [apiGateway, apiGatewayV2, cloudTrail, dynamoDb, dynamoDbStreams, events, iam, lambda, logs, scheduler, sns, sqs, sts, s3].map(routed)

/** Everything that an account holds, over all services and regions. */
export async function inventory(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const lists = await Promise.all(services.map((service) => service.resources?.(sandbox, account) ?? []))
  return lists.flat()
}
