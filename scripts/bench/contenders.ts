import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import programFiles from '../../sandbox/program/files.cjs'
import { freePort } from '../ports.mjs'
import { startServer, type Program } from './programs'

/** A cloud that can be started and measured. */
export interface Contender {
  name: 'Worklab' | 'Worklab, not isolated' | 'moto' | 'MiniStack'
  /** Starts it with nothing in it; it is up when this returns. */
  start(): Promise<Running>
}

/** One that is up. */
export interface Running extends Program {
  name: Contender['name']
  endpoint: string
  /** How handlers are contained; of Worklab alone. */
  isolation?: string
  /** Clients of an account that nobody has used yet. */
  newAccount(): Promise<Clients>
  /** Clients of the account whose deployed APIs a call that nobody signed reaches. */
  gatewayAccount(): Promise<Clients>
}

/** The SDK's clients for one account. */
export interface Clients {
  iam: IAMClient
  lambda: LambdaClient
  logs: CloudWatchLogsClient
  gateway: APIGatewayClient
  dynamodb: DynamoDBClient
  s3: S3Client
  sns: SNSClient
  sqs: SQSClient
  events: EventBridgeClient
}

/** Worklab's sandbox as its users run it: signatures and IAM enforced, everything on disk. */
export function worklab(folder: string, isolation: 'auto' | 'none' = 'auto'): Contender {
  const name = isolation === 'auto' ? 'Worklab' : 'Worklab, not isolated'
  return {
    name,
    async start() {
      const port = await freePort()
      const token = randomBytes(24).toString('hex')
      const data = join(folder, `sandbox-${port}`)
      const args = [...programFiles.FLAGS, 'sandbox/program/run.cjs', '--port', String(port), '--data', data, '--isolation', isolation]
      const endpoint = `http://127.0.0.1:${port}`
      const program = await startServer(process.execPath, args, { SANDBOX_ADMIN_TOKEN: token }, `${endpoint}/_localstack/health`)
      const admin = async (method: string, path: string) => {
        const response = await fetch(`${endpoint}/_worklab/${path}`, { method, headers: { authorization: `Bearer ${token}` } })
        return (await response.json()) as Record<string, string>
      }
      const { isolation: contained } = await admin('GET', 'status')
      const newAccount = async () => {
        const { accountId } = await admin('POST', 'accounts')
        const { accessKeyId, secretAccessKey } = await admin('GET', `accounts/${accountId}/keys`)
        return clients(endpoint, accessKeyId!, secretAccessKey!)
      }
      return { ...program, name, endpoint, isolation: contained!, newAccount, gatewayAccount: newAccount }
    },
  }
}

/** moto's server: state in memory, any key is let in. */
export function moto(bin: string): Contender {
  return {
    name: 'moto',
    async start() {
      const port = await freePort()
      const endpoint = `http://127.0.0.1:${port}`
      const program = await startServer(join(bin, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {}, `${endpoint}/moto-api/`)
      const onlyAccount = async () => clients(endpoint, 'test', 'test')
      return { ...program, name: 'moto', endpoint, newAccount: onlyAccount, gatewayAccount: onlyAccount }
    },
  }
}

/** MiniStack: state in memory, any key is let in, one of twelve digits is an account of its own. */
export function ministack(bin: string, folder: string): Contender {
  return {
    name: 'MiniStack',
    async start() {
      const port = await freePort()
      const endpoint = `http://127.0.0.1:${port}`
      const temporary = join(folder, `ministack-${port}`)
      mkdirSync(temporary, { recursive: true })
      // Without the last two it opens ports of its own on all addresses.
      const env = { GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', TMPDIR: temporary, LOG_LEVEL: 'WARNING', IOT_MTLS_ENABLED: '0', SFTP_ENABLED: '0' }
      const program = await startServer(join(bin, 'ministack'), [], env, `${endpoint}/_ministack/health`)
      let accounts = 0
      return {
        ...program,
        name: 'MiniStack',
        endpoint,
        newAccount: async () => clients(endpoint, String(++accounts).padStart(12, '0'), 'test'),
        gatewayAccount: async () => clients(endpoint, 'test', 'test'),
      }
    },
  }
}

function clients(endpoint: string, accessKeyId: string, secretAccessKey: string): Clients {
  // A second attempt would hide an error and count as a slow success.
  const config = { endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } }
  return {
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    logs: new CloudWatchLogsClient(config),
    gateway: new APIGatewayClient(config),
    dynamodb: new DynamoDBClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    events: new EventBridgeClient(config),
  }
}
