import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ListFunctionUrlConfigsCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigRequest,
} from '@aws-sdk/client-lambda'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Calls the sandbox as a client would that resolved the URL's host to it. */
function call(url: string, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  const { host, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: sandbox.port, method, path: pathname + search, headers: { host, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function signedCall(url: string, credentials: ClientConfig['credentials']): Promise<Answer> {
  const { hostname, host, pathname } = new URL(url)
  const signer = new SignatureV4({ service: 'lambda', region: 'us-east-1', credentials, sha256: Sha256 })
  const { headers } = await signer.sign({ method: 'GET', protocol: 'http:', hostname, path: pathname, headers: { host } })
  return call(url, { headers })
}

/** Lets everybody call the function by its URL. */
async function open(FunctionName: string, Qualifier?: string) {
  const grant = { FunctionName, Qualifier, Principal: '*' }
  await lambda.send(new AddPermissionCommand({ ...grant, StatementId: 'url', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }))
  await lambda.send(new AddPermissionCommand({ ...grant, StatementId: 'invoke', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true }))
}

async function publish(name: string, handler: string, more: Partial<CreateFunctionUrlConfigRequest> = {}): Promise<string> {
  await create(name, { zip: handlerZip(handler) })
  const { FunctionUrl } = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: 'NONE', ...more }))
  await open(name)
  return FunctionUrl!
}

describe('a function URL', () => {
  it('brings the request to the function in payload format 2.0', async () => {
    const url = await publish('echo', 'async (event) => event')
    expect(url).toMatch(new RegExp(`^http://[a-z2-7]{32}\\.lambda-url\\.us-east-1\\.localhost:${sandbox.port}/$`))
    const urlId = new URL(url).hostname.split('.')[0]!
    const { status, headers, body } = await call(`${url}a%20b/c?x=1&x=2&y=`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'X-Own': 'v' }, body: '{"n":1}' })
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    expect(JSON.parse(body)).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a%20b/c',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['a=1', 'b=2'],
      headers: { 'content-type': 'application/json', 'x-own': 'v', 'x-forwarded-proto': 'http' },
      queryStringParameters: { x: '1,2', y: '' },
      requestContext: {
        accountId: 'anonymous',
        apiId: urlId,
        domainName: `${urlId}.lambda-url.us-east-1.localhost`,
        domainPrefix: urlId,
        http: { method: 'POST', path: '/a b/c', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    })
    expect(JSON.parse((await call(url, { method: 'POST', headers: { 'content-type': 'image/png' }, body: Buffer.from([0, 255]) })).body)).toMatchObject({ body: 'AP8=', isBase64Encoded: true })
    expect(JSON.parse((await call(`${sandbox.url}/_lambda-url/${urlId}/by/path?q=1`)).body)).toMatchObject({ rawPath: '/by/path', queryStringParameters: { q: '1' } })
  })

  it('answers as the function says', async () => {
    const url = await publish('answers', 'async (event) => ({ statusCode: 201, headers: { "X-A": "b", "Content-Type": "text/html" }, cookies: ["c=1", "d=2"], body: Buffer.from("<p>ế</p>").toString("base64"), isBase64Encoded: true })')
    expect(await call(url)).toMatchObject({ status: 201, headers: { 'x-a': 'b', 'content-type': 'text/html', 'set-cookie': ['c=1', 'd=2'] }, body: '<p>ế</p>' })
  })

  it.each([
    ['a text', '"hello"', { status: 200, body: 'hello' }],
    ['an object', '({ a: 1 })', { status: 200, body: '{"a":1}' }],
    ['an error', '(() => { throw new Error("no") })()', { status: 502, body: 'Internal Server Error' }],
    ['a status that is none', '({ statusCode: "teapot" })', { status: 502, body: 'Internal Server Error' }],
    ['a header that would break the answer', '({ statusCode: 200, headers: { a: "b\\r\\nc: d" } })', { status: 502 }],
  ])('makes an answer of %s', async (what, value, answer) => {
    const url = await publish(`gives-${what.replaceAll(' ', '-')}`, `async () => ${value}`)
    expect(await call(url)).toMatchObject(answer)
  })

  it('tells that the function is throttled', async () => {
    const url = await publish('busy', 'async () => 1')
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'busy', ReservedConcurrentExecutions: 0 }))
    expect(await call(url)).toMatchObject({ status: 429, body: expect.stringContaining('ReservedFunctionConcurrentInvocationLimitExceeded') })
  })

  it('is nobody’s once it is deleted', async () => {
    const url = await publish('gone', 'async () => 1')
    expect((await call(url)).status).toBe(200)
    await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'gone' }))
    expect(await call(url)).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } })
  })
})

describe('permission', () => {
  it('is needed even where nobody signs: for the URL and for the function', async () => {
    await create('closed')
    const { FunctionUrl } = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'closed', AuthType: 'NONE' }))
    expect(await call(FunctionUrl!)).toMatchObject({ status: 403, body: expect.stringContaining('Forbidden') })
    await lambda.send(new AddPermissionCommand({ FunctionName: 'closed', StatementId: 'wrong', Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' }))
    expect((await call(FunctionUrl!)).status).toBe(403)
    await open('closed')
    expect((await call(FunctionUrl!)).status).toBe(200)
  })

  it('comes from the caller’s policies where a signature is wanted', async () => {
    const url = await publish('signed', 'async (event) => event.requestContext.authorizer.iam.userArn', { AuthType: 'AWS_IAM' })
    expect((await call(url)).status).toBe(403)
    expect(await signedCall(url, sandbox.learner.credentials)).toMatchObject({ status: 200, body: `arn:aws:iam::${sandbox.accountId}:user/learner` })
    expect((await signedCall(url, { ...sandbox.learner.credentials, secretAccessKey: 'wrong' })).status).toBe(403)
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'guest' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'guest' }))
    const guest = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
    expect((await signedCall(url, guest)).status).toBe(403)
    const Statement = [{ Effect: 'Allow', Action: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'], Resource: '*', Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } }]
    await iam.send(new PutUserPolicyCommand({ UserName: 'guest', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
    expect((await signedCall(url, guest)).status).toBe(200)
  })
})

it('answers browsers by its CORS settings, in place of the function', async () => {
  const Cors = { AllowOrigins: ['https://a.example'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['x-own'], ExposeHeaders: ['x-out'], MaxAge: 60, AllowCredentials: true }
  const url = await publish('cors', 'async () => ({ statusCode: 200, headers: { "Access-Control-Allow-Origin": "function" }, body: "x" })', { Cors })
  const preflight = await call(url, { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' } })
  expect(preflight).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': 'https://a.example', 'access-control-allow-methods': 'GET,POST', 'access-control-allow-headers': 'x-own', 'access-control-max-age': '60', 'access-control-allow-credentials': 'true' } })
  expect((await call(url, { headers: { origin: 'https://a.example' } })).headers).toMatchObject({ 'access-control-allow-origin': 'https://a.example', 'access-control-expose-headers': 'x-out' })
  expect((await call(url, { headers: { origin: 'https://b.example' } })).headers).not.toHaveProperty('access-control-allow-origin')
})

it('is made, told, changed and listed, also for an alias', async () => {
  await create('managed', { Publish: true })
  await lambda.send(new CreateAliasCommand({ FunctionName: 'managed', Name: 'live', FunctionVersion: '1' }))
  const made = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'managed', Qualifier: 'live', AuthType: 'AWS_IAM' }))
  expect(made).toMatchObject({ FunctionArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:managed:live`, AuthType: 'AWS_IAM', InvokeMode: 'BUFFERED' })
  await expect(lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'managed', Qualifier: 'live', AuthType: 'NONE' }))).rejects.toMatchObject({ name: 'ResourceConflictException' })
  await lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: 'managed', Qualifier: 'live', AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } }))
  expect(await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'managed', Qualifier: 'live' }))).toMatchObject({ FunctionUrl: made.FunctionUrl, AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } })
  expect((await lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'managed' }))).FunctionUrlConfigs).toMatchObject([{ FunctionUrl: made.FunctionUrl }])
  await open('managed', 'live')
  expect((await call(made.FunctionUrl!)).status).toBe(200)
  await expect(lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'managed' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' })
  await expect(lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'managed:1', AuthType: 'NONE' }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
})

describe('InvokeMode RESPONSE_STREAM', () => {
  const streaming = (name: string, handler: string) => publish(name, `awslambda.streamifyResponse(${handler})`, { InvokeMode: 'RESPONSE_STREAM' })

  /** The pieces of an answer as they came, each with the ms after the first. */
  function pieces(url: string): Promise<{ status: number; headers: IncomingHttpHeaders; pieces: [number, string][]; isWhole: boolean }> {
    const { host, pathname } = new URL(url)
    return new Promise((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: sandbox.port, path: pathname, headers: { host } }, (response) => {
        const found: [number, string][] = []
        const begun = Date.now()
        response.on('data', (chunk) => found.push([Date.now() - begun, String(chunk)]))
        response.on('error', () => {})
        response.on('close', () => resolve({ status: response.statusCode!, headers: response.headers, pieces: found, isWhole: response.complete }))
      })
      sent.on('error', reject)
      sent.end()
    })
  }

  it('sends each piece when it is written', async () => {
    const url = await streaming('pieces', `async (event, stream) => {
      stream.setContentType('text/plain')
      stream.write('one')
      await new Promise((resolve) => setTimeout(resolve, 400))
      stream.write('two')
      stream.end()
    }`)
    const answer = await pieces(url)
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain', 'x-amzn-requestid': expect.any(String) }, pieces: [[expect.any(Number), 'one'], [expect.any(Number), 'two']], isWhole: true })
    expect(answer.pieces[1]![0] - answer.pieces[0]![0]).toBeGreaterThan(300)
    expect(await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'pieces' }))).toMatchObject({ InvokeMode: 'RESPONSE_STREAM' })
  })

  it('takes status, headers and cookies from the prelude', async () => {
    const url = await streaming('prelude', `async (event, stream) => {
      stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/html', 'x-own': event.rawPath }, cookies: ['a=1', 'b=2'] })
      stream.write('<p>')
      stream.end()
    }`)
    expect(await call(`${url}path`)).toMatchObject({ status: 201, headers: { 'content-type': 'text/html', 'x-own': '/path', 'set-cookie': ['a=1', 'b=2'] }, body: '<p>' })
  })

  it('sends what a handler without a stream gives back as it is', async () => {
    const url = await publish('plain-answer', `async () => ({ statusCode: 404, body: 'x' })`, { InvokeMode: 'RESPONSE_STREAM' })
    expect(await call(url)).toMatchObject({ status: 200, body: '{"statusCode":404,"body":"x"}' })
  })

  it('answers 502 to what fails before its first piece, and breaks off what fails later', async () => {
    expect(await call(await streaming('early', `async () => { throw new Error('no') }`))).toMatchObject({ status: 502, body: 'Internal Server Error' })
    expect(await call(await streaming('unclear', `async (event, stream) => { stream.setContentType('application/vnd.awslambda.http-integration-response'); stream.write('{}'); stream.end() }`))).toMatchObject({ status: 502 })
    const late = await pieces(await streaming('late', `async (event, stream) => { stream.write('some'); await new Promise((resolve) => setTimeout(resolve, 200)); throw new Error('no') }`))
    expect(late).toMatchObject({ status: 200, pieces: [[expect.any(Number), 'some']], isWhole: false })
  })

  it('can be switched off again', async () => {
    const url = await publish('switched', `async () => ({ statusCode: 404, body: 'x' })`, { InvokeMode: 'RESPONSE_STREAM' })
    expect(await lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: 'switched', InvokeMode: 'BUFFERED' }))).toMatchObject({ InvokeMode: 'BUFFERED' })
    expect(await call(url)).toMatchObject({ status: 404, body: 'x' })
  })
})
