import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { STSClient } from '@aws-sdk/client-sts'
import type { Command, MiddlewareStack } from '@smithy/types'
import { CloudUnavailable, isConnectionFailure } from './errors'

/** SDK clients of one account, one for each service that labs use. */
export interface CloudClients {
  lambda: LambdaClient
  iam: IAMClient
  logs: CloudWatchLogsClient
  sts: STSClient
  apigateway: APIGatewayClient
}

/** The services that labs use, named as the AWS CLI names them. */
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
  const config = (requestTimeout: number) => ({
    endpoint,
    region,
    credentials,
    userAgentAppId: appId,
    maxAttempts: 1,
    // A connection of its own for each call: one kept open may just have been closed at the other end, and with a
    // single attempt that would be told as a failure. On loopback a connection costs about 0.1 ms.
    requestHandler: { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false }, connectionTimeout: CONNECT_MS, requestTimeout, throwOnRequestTimeout: true },
  })
  const clients = {
    lambda: new LambdaClient(config(INVOKE_MS)),
    iam: new IAMClient(config(CALL_MS)),
    logs: new CloudWatchLogsClient(config(CALL_MS)),
    sts: new STSClient(config(CALL_MS)),
    apigateway: new APIGatewayClient(config(CALL_MS)),
  }
  for (const client of Object.values(clients)) {
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
  }
  return clients
}

/** Sends any command by the client of its service. */
export function send(clients: CloudClients, service: ServiceName, command: AnyCommand, signal?: AbortSignal): Promise<any> {
  return (clients[service] as { send(command: AnyCommand, options: object): Promise<any> }).send(command, signal ? { abortSignal: signal } : {})
}

/** Frees the sockets of clients that are no longer used. */
export function destroyClients(clients: CloudClients): void {
  for (const client of Object.values(clients)) client.destroy()
}
