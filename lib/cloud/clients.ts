import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import type { Command, MiddlewareStack } from '@smithy/types'
import { CloudUnavailable, isConnectionFailure } from './errors'

/** SDK clients of one account, one for each service of the course. Each is made when first used. */
export type CloudClients = { readonly [Service in keyof typeof CLIENTS]: InstanceType<(typeof CLIENTS)[Service]> }

/** The services that labs use, named as the AWS CLI names them; S3's operations stand under `s3api` there. */
export type ServiceName = keyof CloudClients

/** Any SDK v3 command, such as `CreateFunctionCommand`. */
export type AnyCommand = Command<any, any, any, any, any>

/** Whose clients, where, and under which name they appear in the audit trail. */
export interface ClientOptions {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  /** Shown in the user agent as `app/<appId>`. */
  appId: string
}

const CLIENTS = {
  apigateway: APIGatewayClient,
  apigatewayv2: ApiGatewayV2Client,
  cloudtrail: CloudTrailClient,
  cloudwatch: CloudWatchClient,
  dynamodb: DynamoDBClient,
  events: EventBridgeClient,
  iam: IAMClient,
  lambda: LambdaClient,
  logs: CloudWatchLogsClient,
  s3: S3Client,
  scheduler: SchedulerClient,
  sns: SNSClient,
  sqs: SQSClient,
  sts: STSClient,
}

type AnyClient = InstanceType<(typeof CLIENTS)[ServiceName]>

/** All services, in alphabetical order. */
export const SERVICES = Object.keys(CLIENTS) as ServiceName[]

/** Which clients of a set exist already. */
const MADE = new WeakMap<object, Partial<Record<ServiceName, AnyClient>>>()

const CONNECT_MS = 3_000
/** A control-plane call that takes longer than this is lost. */
const CALL_MS = 15_000
/** An invoke may run as long as its function may; labs stay far below AWS's 900 s. */
const INVOKE_MS = 120_000

/**
 * Makes the clients of one account. A call that fails is not sent again: a learner sees what AWS really
 * answered, and an invoke never runs twice unasked.
 */
export function createClients({ endpoint, region, credentials, appId }: ClientOptions): CloudClients {
  const made: Partial<Record<ServiceName, AnyClient>> = {}
  const make = (service: ServiceName): AnyClient => {
    const client: AnyClient = new CLIENTS[service]({
      endpoint,
      region,
      credentials,
      userAgentAppId: appId,
      maxAttempts: 1,
      ...(service === 's3' && { forcePathStyle: true }),
      // A connection of its own for each call: one kept open may just have been closed at the other end, and with a
      // single attempt that would be told as a failure. On loopback a connection costs about 0.1 ms.
      requestHandler: {
        httpAgent: { keepAlive: false },
        httpsAgent: { keepAlive: false },
        connectionTimeout: CONNECT_MS,
        requestTimeout: service === 'lambda' ? INVOKE_MS : CALL_MS,
        throwOnRequestTimeout: true,
      },
    })
    const stack = client.middlewareStack as unknown as MiddlewareStack<object, object>
    stack.add(
      (next) => async (args) => {
        try {
          return await next(args)
        } catch (error) {
          throw isConnectionFailure(error) ? new CloudUnavailable(endpoint, error) : error
        }
      },
      { step: 'initialize', name: 'tellUnavailable' },
    )
    return client
  }
  const clients = {}
  for (const service of SERVICES) Object.defineProperty(clients, service, { enumerable: true, get: () => (made[service] ??= make(service)) })
  MADE.set(clients, made)
  return clients as CloudClients
}

/** Sends any command by the client of its service. */
export function send(clients: CloudClients, service: ServiceName, command: AnyCommand, signal?: AbortSignal): Promise<any> {
  return (clients[service] as { send(command: AnyCommand, options: object): Promise<any> }).send(command, signal ? { abortSignal: signal } : {})
}

/** Frees the sockets of clients that are no longer used. */
export function destroyClients(clients: CloudClients): void {
  for (const client of Object.values(MADE.get(clients) ?? {})) client.destroy()
}
