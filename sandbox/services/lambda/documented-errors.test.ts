import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { createAccount } from '../../accounts'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState, type Sandbox } from '../../sandbox'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { TOTAL_CODE_SIZE } from './code'
import documented from './documented-errors.json' with { type: 'json' }
import { lambda as service } from './index'
import { functions } from './records'
import { ECHO, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: sdk.LambdaClient
/** Of an account whose 75 GB of code are used up, by a function `big`, and that has a function of a runtime which is not here. */
let full: sdk.LambdaClient
let role: string
let fullRole: string
let layer: string
let signing: string
const place = (kind: string, account = sandbox?.accountId ?? '111122223333', region = 'us-east-1') => `arn:aws:lambda:${region}:${account}:${kind}`

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const fullAccount = await fillAnAccount(data)
  sandbox = await startTestSandbox({ data })
  const config: ClientConfig = sandbox.as(await sandbox.admin('GET', `/_worklab/accounts/${fullAccount}/keys`))
  full = new sdk.LambdaClient(config)
  fullRole = await makeRole(config, 'r')
  lambda = new sdk.LambdaClient(sandbox.learner)
  role = await makeRole(sandbox.learner, 'r', ['service-role/AWSLambdaSQSQueueExecutionRole'])
  await fillUp()
})
afterAll(() => sandbox.remove())

/** Made straight in the store: nobody uploads so much in a test. */
async function fillAnAccount(data: string): Promise<string> {
  const state = await openState({ data })
  const { accountId: account } = await createAccount({ ...state, now: Date.now } as Partial<Sandbox> as Sandbox)
  const put = (name: string, runtime: string, size: number) => {
    const settings = { description: '', runtime, handler: 'index.handler', role: `arn:aws:iam::${account}:role/r`, memorySize: 128, timeout: 3, environment: {}, architecture: 'x86_64' as const, ephemeralStorage: 512, logging: { LogFormat: 'Text' as const, LogGroup: name } }
    const latest = { version: '$LATEST', settings, code: { hash: '0'.repeat(64), size }, lastModified: '2026-01-01T00:00:00.000Z', revisionId: 'r' }
    return state.store.put(functions, `${account}/us-east-1`, name, { name, account, region: 'us-east-1', createdAt: latest.lastModified, tags: {}, latest, versions: {}, lastVersion: 0, aliases: {}, policies: {} })
  }
  await put('big', 'nodejs22.x', TOTAL_CODE_SIZE)
  await put('old', 'nodejs4.3', 0)
  await state.close()
  return account
}

/** What the errors need to be there. */
async function fillUp(): Promise<void> {
  const create = functionMaker(lambda, role)
  await create('f', { Publish: true, Timeout: 3 })
  await create('idle')
  const send = (name: string, input: object) => call(name, () => input)() as Promise<any>
  await send('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' })
  await send('AddPermission', { FunctionName: 'f', StatementId: 'one', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' })
  await send('CreateFunctionUrlConfig', { FunctionName: 'f', AuthType: 'NONE' })
  await send('PutFunctionConcurrency', { FunctionName: 'idle', ReservedConcurrentExecutions: 0 })
  layer = (await send('PublishLayerVersion', { LayerName: 'layer', Content: { ZipFile: ECHO } })).LayerVersionArn
  await send('AddLayerVersionPermission', { LayerName: 'layer', VersionNumber: 1, StatementId: 'one', Action: 'lambda:GetLayerVersion', Principal: '*' })
  signing = (await send('CreateCodeSigningConfig', { AllowedPublishers: { SigningProfileVersionArns: [PROFILE] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } })).CodeSigningConfig.CodeSigningConfigArn
  await create('signed')
  await send('PutFunctionCodeSigningConfig', { FunctionName: 'signed', CodeSigningConfigArn: signing })
  await new SQSClient(sandbox.learner).send(new CreateQueueCommand({ QueueName: 'q' }))
  mapping = (await send('CreateEventSourceMapping', { FunctionName: 'f', EventSourceArn: queue(), Enabled: false })).UUID
}
let mapping: string
const queue = () => `arn:aws:sqs:us-east-1:${sandbox.accountId}:q`

const PROFILE = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/ours/abcdefghij'

function call(name: string, input: () => object, client = () => lambda): Provoke {
  return () => {
    const Command = (sdk as unknown as Record<string, new (input: object) => unknown>)[`${name}Command`]!
    return client().send(new Command(input()) as never)
  }
}

/** Values for every member that an operation must have. */
const values = (): Record<string, unknown> => ({
  FunctionName: 'f',
  Name: 'live',
  FunctionVersion: '1',
  StatementId: 'other',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
  LayerName: 'layer',
  VersionNumber: 1,
  Arn: layer,
  UUID: mapping,
  Resource: place('function:f'),
  Tags: { team: 'books' },
  TagKeys: ['team'],
  Role: role,
  Code: { ZipFile: ECHO },
  Content: { ZipFile: ECHO },
  ReservedConcurrentExecutions: 1,
  ProvisionedConcurrentExecutions: 1,
  Qualifier: '1',
  AuthType: 'NONE',
  RecursiveLoop: 'Allow',
  UpdateRuntimeOn: 'Auto',
  CodeSigningConfigArn: signing,
  AllowedPublishers: { SigningProfileVersionArns: [PROFILE] },
  InvokeArgs: '{}',
})

/** The least that an operation takes, with what else is said. */
function least(name: string, more: object = {}): object {
  const [, , , , members = [], , needed = 0] = NormalizedSchema.of(service.operations.find((one) => one.name === name)!.schema[4]).getSchema() as unknown as [number, string, string, unknown, string[]?, unknown?, number?]
  const all = values()
  const ofLayer = name === 'AddLayerVersionPermission' ? { Action: 'lambda:GetLayerVersion', Principal: '*' } : {}
  return { ...Object.fromEntries(members.slice(0, needed).map((member) => [member, all[member]])), ...ofLayer, ...more }
}

const membersOf = (name: string) => Object.keys(NormalizedSchema.of(service.operations.find((one) => one.name === name)!.schema[4]).getMemberSchemas())
/** Operations that have the error documented. */
const having = (error: string) => service.operations.map(({ name }) => name).filter((name) => (documented as Record<string, string[]>)[name]?.includes(error))
const rows = (error: string, inputs: Record<string, () => object>, client?: () => sdk.LambdaClient): Record<string, Provoke> =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [`${name} ${error}`, call(name, () => least(name, input()), client)]))
/** Rows for operations that have a member, all by the same input. */
const rowsBy = (error: string, member: string, input: () => object, without: string[] = []): Record<string, Provoke> =>
  rows(error, Object.fromEntries(having(error).filter((name) => membersOf(name).includes(member) && !without.includes(name)).map((name) => [name, input])))

const ELSEWHERE = place('code-signing-config:csc-00000000000000000', '111122223333', 'eu-west-1')
const gone = () => place('code-signing-config:csc-00000000000000000')
const newFunction = (more: object) => () => ({ FunctionName: 'new', Runtime: 'nodejs22.x', Handler: 'index.handler', ...more })
const STALE = () => ({ RevisionId: 'stale' })
const MANY = Array.from({ length: 51 }, (_, i) => `key-${i}`)

/** Adds to a policy until it is too long. */
function untilTooLong(name: string, more: object): Provoke {
  return async () => {
    for (let i = 0; i < 400; i++) await call(name, () => least(name, { ...more, StatementId: `${'x'.repeat(90)}-${i}` }))()
  }
}

const provoked: Record<string, Provoke> = {
  // A name with one qualifier and a parameter with another, or a version where the function itself is meant
  ...rowsBy('InvalidParameterValueException', 'FunctionName', () => ({ FunctionName: 'f:live', Qualifier: 'other' }), ['GetFunctionRecursionConfig', 'PutFunctionRecursionConfig']),
  ...rowsBy('InvalidParameterValueException', 'LayerName', () => ({ LayerName: place('layer:l', '111122223333', 'eu-west-1') })),
  ...rowsBy('InvalidParameterValueException', 'Marker', () => ({ Marker: 'made up' })),
  ...rowsBy('InvalidParameterValueException', 'CodeSigningConfigArn', () => ({ CodeSigningConfigArn: ELSEWHERE })),
  ...rows('InvalidParameterValueException', {
    AddPermission: () => ({ Principal: 'nobody' }),
    CreateCodeSigningConfig: () => ({ Tags: { 'aws:team': 'books' } }),
    CreateEventSourceMapping: () => ({ FunctionName: 'idle', EventSourceArn: queue(), BatchSize: 11 }),
    UpdateEventSourceMapping: () => ({ BatchSize: 11 }),
    CreateFunction: newFunction({ Handler: undefined }),
    GetLayerVersionByArn: () => ({ Arn: place('layer:l:1', '111122223333', 'eu-west-1') }),
    ListTags: () => ({ Resource: place('function:f:1') }),
    TagResource: () => ({ Tags: Object.fromEntries(MANY.map((key) => [key, ''])) }),
    UntagResource: () => ({ Resource: place('function:f:1') }),
  }),

  ...rowsBy('ResourceNotFoundException', 'FunctionName', () => ({ FunctionName: 'missing' }), ['CreateFunction', 'UpdateEventSourceMapping', 'ListEventSourceMappings', 'CreateEventSourceMapping']),
  ...rowsBy('ResourceNotFoundException', 'LayerName', () => ({ LayerName: 'missing' }), ['PublishLayerVersion', 'ListLayerVersions']),
  ...rowsBy('ResourceNotFoundException', 'UUID', () => ({ UUID: '00000000-0000-0000-0000-000000000000' })),
  ...rowsBy('ResourceNotFoundException', 'Resource', () => ({ Resource: place('function:missing') })),
  ...rows('ResourceNotFoundException', {
    CreateEventSourceMapping: () => ({ FunctionName: 'missing', EventSourceArn: queue() }),
    GetLayerVersionByArn: () => ({ Arn: place('layer:missing:1') }),
    GetCodeSigningConfig: () => ({ CodeSigningConfigArn: gone() }),
    UpdateCodeSigningConfig: () => ({ CodeSigningConfigArn: gone() }),
    DeleteCodeSigningConfig: () => ({ CodeSigningConfigArn: gone() }),
    ListFunctionsByCodeSigningConfig: () => ({ CodeSigningConfigArn: gone() }),
  }),

  ...rows('ResourceConflictException', {
    AddPermission: () => ({ StatementId: 'one' }),
    AddLayerVersionPermission: () => ({ StatementId: 'one' }),
    CreateAlias: () => ({}),
    CreateEventSourceMapping: () => ({ EventSourceArn: queue() }),
    CreateFunction: newFunction({ FunctionName: 'f' }),
    CreateFunctionUrlConfig: () => ({}),
    DeleteCodeSigningConfig: () => ({}),
    DeleteFunction: () => ({ Qualifier: '1' }),
  }),

  ...rows('PreconditionFailedException', {
    AddPermission: STALE,
    AddLayerVersionPermission: STALE,
    RemovePermission: () => ({ ...STALE(), StatementId: 'one' }),
    RemoveLayerVersionPermission: () => ({ ...STALE(), StatementId: 'one' }),
    PublishVersion: STALE,
    UpdateAlias: STALE,
    UpdateFunctionCode: () => ({ ...STALE(), ZipFile: ECHO }),
    UpdateFunctionConfiguration: STALE,
  }),
  'AddPermission PolicyLengthExceededException': untilTooLong('AddPermission', { FunctionName: 'f:live' }),
  'AddLayerVersionPermission PolicyLengthExceededException': untilTooLong('AddLayerVersionPermission', {}),

  ...rows('CodeStorageExceededException', {
    CreateFunction: () => newFunction({ Role: fullRole })(),
    UpdateFunctionCode: () => ({ FunctionName: 'old', ZipFile: ECHO }),
    PublishLayerVersion: () => ({}),
    PublishVersion: () => ({ FunctionName: 'big' }),
  }, () => full),
  ...rows('CodeSigningConfigNotFoundException', {
    CreateFunction: () => newFunction({ CodeSigningConfigArn: gone() })(),
    PutFunctionCodeSigningConfig: () => ({ CodeSigningConfigArn: gone() }),
    DeleteFunctionCodeSigningConfig: () => ({}),
  }),
  ...rows('CodeVerificationFailedException', {
    CreateFunction: () => newFunction({ CodeSigningConfigArn: signing })(),
    UpdateFunctionCode: () => ({ FunctionName: 'signed', ZipFile: handlerZip('async () => 1') }),
    UpdateFunctionConfiguration: () => ({ FunctionName: 'signed', Layers: [layer] }),
  }),
  ...rows('ProvisionedConcurrencyConfigNotFoundException', { GetProvisionedConcurrencyConfig: () => ({ Qualifier: '1' }) }),

  ...Object.fromEntries(['Invoke', 'InvokeWithResponseStream'].flatMap((name) => Object.entries({
    ...rows('TooManyRequestsException', { [name]: () => ({ FunctionName: 'idle' }) }),
    ...rows('InvalidRequestContentException', { [name]: () => ({ Payload: '{' }) }),
    ...rows('RequestTooLargeException', { [name]: () => ({ Payload: `"${'x'.repeat(6_291_456)}"` }) }),
    ...rows('InvalidRuntimeException', { [name]: () => ({ FunctionName: 'old' }) }, () => full),
    [`${name} RecursiveInvocationException`]: () => inALoop(name),
  }))),
  ...rows('InvalidRequestContentException', { InvokeAsync: () => ({ InvokeArgs: '{' }) }),
}

/** An invocation at the end of a chain in which the function ran 16 times already. */
async function inALoop(name: string): Promise<unknown> {
  const { Payload } = await lambda.send(new sdk.UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: handlerZip('async () => process.env._X_AMZN_TRACE_ID') })).then(() => lambda.send(new sdk.InvokeCommand({ FunctionName: 'f' })))
  const trace = String(JSON.parse(Payload!.transformToString())).replace(/:1$/, ':16')
  const client = new sdk.LambdaClient(sandbox.learner)
  client.middlewareStack.add((next) => (args) => {
    Object.assign((args.request as { headers: object }).headers, { 'X-Amzn-Trace-Id': trace })
    return next(args)
  }, { step: 'build' })
  return call(name, () => ({ FunctionName: 'f' }), () => client)()
}

const NO_NETWORK = 'Networks are kept and told, not made: nothing can go wrong with them when a function runs.'
const NO_MOUNT = 'File systems are kept and told, not mounted.'
const NO_KEY = 'Keys are kept and told; nothing is encrypted with them.'
const NO_SNAPSHOT = 'No snapshots are taken.'
const NO_CAPACITY = 'Capacity providers, and functions that run on them, are not there.'

const never: Record<string, string> = {
  ServiceException: 'An outage of AWS; here a defect alone would answer so, as 500.',
  TooManyRequestsException: 'Only invocations are throttled here, not the calls that manage functions.',
  ResourceConflictException: 'It would tell that another change of the same function is under way; here changes wait for one another and are done when they are answered.',
  ResourceInUseException: 'It would tell that the mapping is being made or deleted; here it is when it is answered.',
  ResourceNotReadyException: 'Functions are active as soon as they are made.',
  InvalidCodeSignatureException: 'It tells of a signature that does not fit its package; nothing here can sign.',
  ...Object.fromEntries(['EC2AccessDeniedException', 'EC2ThrottledException', 'EC2UnexpectedException', 'ENILimitReachedException', 'InvalidSecurityGroupIDException', 'InvalidSubnetIDException', 'SubnetIPAddressLimitReachedException'].map((name) => [name, NO_NETWORK])),
  ...Object.fromEntries(['EFSIOException', 'EFSMountConnectivityException', 'EFSMountFailureException', 'EFSMountTimeoutException', 'S3FilesMountConnectivityException', 'S3FilesMountFailureException', 'S3FilesMountTimeoutException'].map((name) => [name, NO_MOUNT])),
  ...Object.fromEntries(['KMSAccessDeniedException', 'KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException'].map((name) => [name, NO_KEY])),
  ...Object.fromEntries(['SnapStartException', 'SnapStartNotReadyException', 'SnapStartTimeoutException'].map((name) => [name, NO_SNAPSHOT])),
  FunctionVersionsPerCapacityProviderLimitExceededException: NO_CAPACITY,
  NoPublishedVersionException: NO_CAPACITY,
  DurableExecutionAlreadyStartedException: 'Durable executions are refused by name.',
  SerializedRequestEntityTooLargeException: 'Events are measured as they come (RequestTooLargeException), and not serialized anew.',
  InvalidZipFileException: 'A zip that cannot be opened is refused when it is uploaded.',
  UnsupportedMediaTypeException: 'Lambda’s clients send events as application/octet-stream, and nothing else is asked of the header.',
  'CreateFunction ResourceNotFoundException': 'What it names and is not there is told as InvalidParameterValueException.',
  'ListEventSourceMappings ResourceNotFoundException': 'A function that is not there has no mappings.',
  'ListLayerVersions ResourceNotFoundException': 'A layer that is not there has no versions.',
  'PublishLayerVersion ResourceNotFoundException': 'A layer that is not there is made.',
  'GetFunctionRecursionConfig InvalidParameterValueException': 'It takes nothing but a name, which AWS’s model holds to its form (ValidationException).',
  'PutFunctionRecursionConfig InvalidParameterValueException': 'Both its parameters are held to AWS’s model (ValidationException).',
  'InvokeAsync InvalidRuntimeException': 'The event is taken, and runs later.',
  'UpdateFunctionCode CodeSigningConfigNotFoundException': 'A configuration that a function uses cannot be deleted.',
  'UpdateFunctionConfiguration CodeSigningConfigNotFoundException': 'A configuration that a function uses cannot be deleted.',
  'GetEventSourceMapping InvalidParameterValueException': 'It takes nothing but an id, and one that is none is not found.',
  'DeleteEventSourceMapping InvalidParameterValueException': 'It takes nothing but an id, and one that is none is not found.',
}

describe('Lambda', () => {
  itAnswersTheDocumentedErrors({ service, documented, provoked, never })
})
