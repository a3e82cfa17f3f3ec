import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRestApiCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import { FilterLogEventsCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AttachRolePolicyCommand, CreateRoleCommand, PutRolePolicyCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  InvokeCommand,
  PublishLayerVersionCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClients, send, type AnyCommand, type ServiceName } from '@/lib/cloud/clients'
import { zipFiles } from '@/lib/lab/zip'
import { commandToCli } from './index'
import { kebab } from './names'
import { installedAws, runCli } from './testing'

const zip = zipFiles({ 'index.mjs': 'export const handler = async () => 1\n' })
const bytes = (text: string) => new TextEncoder().encode(text)
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }, null, 2)
const role = 'arn:aws:iam::111122223333:role/bookshop'

describe('commandToCli', () => {
  it('writes a short command on one line', () => {
    expect(commandToCli('sts', new GetCallerIdentityCommand({}))).toBe('aws sts get-caller-identity')
    expect(commandToCli('apigateway', new GetRestApisCommand({}))).toBe('aws apigateway get-rest-apis')
  })

  it('gives a function its zip by --zip-file, an option a line', () => {
    const command = new CreateFunctionCommand({ FunctionName: 'bookshop', Runtime: 'nodejs22.x', Role: role, Handler: 'index.handler', Code: { ZipFile: zip }, Publish: true })
    expect(commandToCli('lambda', command)).toBe(
      'aws lambda create-function \\\n  --function-name bookshop \\\n  --runtime nodejs22.x \\\n  --role arn:aws:iam::111122223333:role/bookshop \\\n  --handler index.handler \\\n  --zip-file fileb://function.zip \\\n  --publish',
    )
  })

  it('writes an invoke for CLI 2 and, when asked, for CLI 1', () => {
    const command = new InvokeCommand({ FunctionName: 'bookshop', Payload: bytes(`{"title":"Dế Mèn's"}`) })
    expect(commandToCli('lambda', command)).toBe(
      `aws lambda invoke \\\n  --function-name bookshop \\\n  --cli-binary-format raw-in-base64-out --payload '{"title":"Dế Mèn'\\''s"}' \\\n  response.json`,
    )
    expect(commandToCli('lambda', command, { version: 1 })).not.toContain('cli-binary-format')
  })

  it('uses shorthand where it is plain and JSON where it is not', () => {
    const environment = (Variables: Record<string, string>) => commandToCli('lambda', new UpdateFunctionConfigurationCommand({ FunctionName: 'b', Environment: { Variables } }))
    expect(environment({ STAGE: 'dev' })).toContain("--environment 'Variables={STAGE=dev}'")
    expect(environment({ GREETING: 'xin chào' })).toContain(`--environment '{"Variables":{"GREETING":"xin chào"}}'`)
  })

  it('keeps a policy document readable, as it was written', () => {
    expect(commandToCli('iam', new CreateRoleCommand({ RoleName: 'bookshop', AssumeRolePolicyDocument: trust }))).toContain(`--assume-role-policy-document '${trust}'`)
  })

  it('makes names as the AWS CLI does', () => {
    expect(['FunctionName', 'RevisionId', 'KMSKeyArn', 'restApiId', 'PolicySourceArn', 'CodeSha256', 'SSMParameterARNs', 'logGroupName'].map(kebab)).toEqual([
      'function-name', 'revision-id', 'kms-key-arn', 'rest-api-id', 'policy-source-arn', 'code-sha256', 'ssm-parameter-arns', 'log-group-name',
    ])
  })

  it('refuses bytes where the CLI takes none', () => {
    expect(() => commandToCli('lambda', new TagResourceCommand({ Resource: role, Tags: { a: bytes('x') as never, b: ' ' } }))).toThrow(/no text for the bytes/)
  })
})

const version = installedAws()

describe.skipIf(version === undefined)('the AWS CLI itself (skipped where `aws` is not installed)', () => {
  interface Seen {
    method: string
    url: string
    target: string | undefined
    headers: Record<string, string>
    body: unknown
  }
  let server: Server
  let endpoint: string
  let folder: string
  let seen: Seen[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aws-cli-'))
    writeFileSync(join(folder, 'function.zip'), zip)
    server = createServer(async (request, response) => {
      seen.push(await read(request))
      response.writeHead(request.url?.includes('functions') && request.url.endsWith('functions') ? 201 : 200, { 'content-type': 'application/json' }).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const cases: [ServiceName, AnyCommand][] = [
    ['lambda', new CreateFunctionCommand({
      FunctionName: 'bookshop', Runtime: 'nodejs22.x', Role: role, Handler: 'index.handler', Code: { ZipFile: zip }, Description: "-Nhà sách 'Mèn'", Timeout: 5,
      Environment: { Variables: { STAGE: 'dev', URL: 'https://books.example/a?b=c' } }, Tags: { team: 'a', lab: '42.1' }, Layers: ['arn:aws:lambda:us-east-1:111122223333:layer:a:1'], Publish: true,
      EphemeralStorage: { Size: 512 }, VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'], Ipv6AllowedForDualStack: false },
    })],
    ['lambda', new UpdateFunctionCodeCommand({ FunctionName: 'bookshop', ZipFile: zip, Publish: false })],
    ['lambda', new InvokeCommand({ FunctionName: 'bookshop', InvocationType: 'RequestResponse', LogType: 'Tail', Payload: bytes(`{"body":"{\\"items\\":[]}","title":"Dế Mèn's"}`), Qualifier: 'live' })],
    ['lambda', new CreateAliasCommand({ FunctionName: 'bookshop', Name: 'live', FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } })],
    ['lambda', new PublishLayerVersionCommand({ LayerName: 'tools', Content: { ZipFile: zip }, CompatibleRuntimes: ['nodejs22.x', 'nodejs20.x'] })],
    ['lambda', new UpdateFunctionConfigurationCommand({ FunctionName: 'bookshop', Description: 'https://books.example', Handler: 'index.main' })],
    ['iam', new CreateRoleCommand({ RoleName: 'bookshop', AssumeRolePolicyDocument: trust, Description: 'a role; with $HOME and `id`', Tags: [{ Key: 'lab', Value: '45.2' }, { Key: 'x', Value: 'a b' }] })],
    ['iam', new AttachRolePolicyCommand({ RoleName: 'bookshop', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' })],
    ['iam', new PutRolePolicyCommand({ RoleName: 'bookshop', PolicyName: 'p', PolicyDocument: trust })],
    ['iam', new SimulatePrincipalPolicyCommand({ PolicySourceArn: role, ActionNames: ['logs:PutLogEvents', 's3:*'], ResourceArns: ['*'] })],
    ['sts', new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'me', DurationSeconds: 900 })],
    ['logs', new PutRetentionPolicyCommand({ logGroupName: '/aws/lambda/bookshop', retentionInDays: 7 })],
    ['logs', new FilterLogEventsCommand({ logGroupName: '/aws/lambda/bookshop', filterPattern: '"order 12"', startTime: 1_700_000_000_000, limit: 5 })],
    ['apigateway', new CreateRestApiCommand({ name: 'books', version: '1', endpointConfiguration: { types: ['REGIONAL'] }, binaryMediaTypes: ['image/png'] })],
  ]

  it.each(cases.map(([service, command]) => ({ service, command, name: `${service} ${command.constructor.name}` })))('sends the same request: $name', async ({ service, command }) => {
    const clients = createClients({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' }, appId: 'test' })
    seen = []
    // The capture server answers every protocol with the same empty object; only what was sent counts.
    await send(clients, service, command).catch(() => {})
    const [bySdk] = seen
    seen = []
    const text = commandToCli(service, command, { version: version! })
    const { stderr } = await runCli(text, folder, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL: endpoint })
    expect(bySdk, 'the SDK sent a request').toBeDefined()
    expect(seen[0], `${text}\n${stderr}`).toEqual(bySdk)
  }, 30_000)

  async function read(request: IncomingMessage): Promise<Seen> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString('utf8')
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    const own = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-') && /invocation|log-type|client-context/.test(name))
    return {
      method: request.method!,
      url: request.url!.replace(/\/$/, ''),
      target: request.headers['x-amz-target'] as string | undefined,
      headers: Object.fromEntries(own) as Record<string, string>,
      body: form ? Object.fromEntries([...new URLSearchParams(text)].sort()) : text === '' ? {} : JSON.parse(text),
    }
  }
})
