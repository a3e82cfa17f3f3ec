import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { hostCaller } from '../../execute-api/http-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole } from '../lambda/testing'

const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0

let sandbox: TestSandbox
let functionArn: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'http-api-'))
  sandbox = await startTestSandbox()
  const made = await functionMaker(new LambdaClient(sandbox.learner), await makeRole(sandbox.learner, 'r'))('hello', { zip: handlerZip('async (event) => ({ hello: event.queryStringParameters?.who ?? event.rawPath })') })
  functionArn = made.FunctionArn!
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await sandbox.remove()
})

it.skipIf(!awsCliVersion || !hasCurl)(awsCliVersion ? `the AWS CLI (${awsCliVersion}) makes, deploys, exports and imports an HTTP API that curl then calls` : 'the AWS CLI is not installed: left out', { timeout: 120_000 }, async () => {
  const aws = (service: string, ...args: string[]) => awsCli(sandbox.learner, [service, ...args])
  const api2 = (...args: string[]) => aws('apigatewayv2', ...args)
  const curl = async (...args: string[]) => (await run('curl', ['--silent', '--show-error', '--include', ...args])).stdout
  const { ApiId, ApiEndpoint } = await api2('create-api', '--name', 'cli', '--protocol-type', 'HTTP', '--cors-configuration', 'AllowOrigins=https://a.example,AllowMethods=GET')
  const { IntegrationId } = await api2('create-integration', '--api-id', ApiId, '--integration-type', 'AWS_PROXY', '--integration-uri', functionArn, '--payload-format-version', '2.0')
  const route = await api2('create-route', '--api-id', ApiId, '--route-key', 'GET /hello/{name}', '--target', `integrations/${IntegrationId}`)
  await api2('create-stage', '--api-id', ApiId, '--stage-name', '$default', '--auto-deploy')
  await aws('lambda', 'add-permission', '--function-name', 'hello', '--statement-id', 'api', '--action', 'lambda:InvokeFunction', '--principal', 'apigateway.amazonaws.com', '--source-arn', `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${ApiId}/*/*/hello/{name}`)
  const answered = await curl(`${ApiEndpoint}/hello/x?who=you`, '--header', 'Origin: https://a.example')
  expect(answered).toMatch(/^HTTP\/1\.1 200 OK/)
  expect(answered).toMatch(/access-control-allow-origin: https:\/\/a\.example/i)
  expect(answered).toContain('{"hello":"you"}')
  const preflight = await curl('--request', 'OPTIONS', `${ApiEndpoint}/hello/x`, '--header', 'Origin: https://a.example', '--header', 'Access-Control-Request-Method: GET')
  expect(preflight).toMatch(/^HTTP\/1\.1 204 /)
  await api2('update-route', '--api-id', ApiId, '--route-id', route.RouteId, '--authorization-type', 'AWS_IAM')
  expect(await curl(`${ApiEndpoint}/hello/x`)).toContain('403 Forbidden')
  const { credentials } = sandbox.learner
  const signed = await curl(`${ApiEndpoint}/hello/x`, '--user', `${credentials.accessKeyId}:${credentials.secretAccessKey}`, '--aws-sigv4', 'aws:amz:us-east-1:execute-api')
  expect(signed).toContain('{"hello":"/hello/x"}')
  const file = join(folder, 'api.json')
  await api2('export-api', '--api-id', ApiId, '--specification', 'OAS30', '--output-type', 'JSON', file)
  expect(JSON.parse(readFileSync(file, 'utf8')).paths['/hello/{name}'].get['x-amazon-apigateway-integration']).toMatchObject({ type: 'aws_proxy', uri: functionArn })
  writeFileSync(file, readFileSync(file, 'utf8').replace('"title": "cli"', '"title": "again"'))
  const again = await api2('import-api', '--body', `file://${file}`)
  expect(again.Name).toBe('again')
  expect((await api2('get-routes', '--api-id', again.ApiId)).Items).toMatchObject([{ RouteKey: 'GET /hello/{name}', AuthorizationType: 'AWS_IAM' }])
  await api2('tag-resource', '--resource-arn', `arn:aws:apigateway:us-east-1::/apis/${ApiId}`, '--tags', 'team=a')
  expect((await api2('get-apis')).Items.map((api: { Name: string; Tags: object }) => [api.Name, api.Tags])).toEqual(expect.arrayContaining([['cli', { team: 'a' }], ['again', {}]]))
  await expect(api2('get-stage', '--api-id', ApiId, '--stage-name', 'none')).rejects.toThrow('An error occurred (NotFoundException) when calling the GetStage operation: Invalid stage identifier specified')
  await api2('delete-api', '--api-id', ApiId)
  expect(await curl(`${ApiEndpoint}/hello/x`)).toContain('403 Forbidden')
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 makes an HTTP API with a JWT authorizer, a stage and a domain name' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const found = await boto3(
    sandbox.learner,
    `
api = boto3.client("apigatewayv2")
made = api.create_api(Name="boto", ProtocolType="HTTP", Target="${functionArn}")
id = made["ApiId"]
boto3.client("lambda").add_permission(FunctionName="hello", StatementId="boto", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com", SourceArn="arn:aws:execute-api:us-east-1:${sandbox.accountId}:" + id + "/*/$default")
guard = api.create_authorizer(ApiId=id, Name="jwt", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"], JwtConfiguration={"Audience": ["app"], "Issuer": "https://issuer.example"})["AuthorizerId"]
api.create_route(ApiId=id, RouteKey="GET /guarded", AuthorizationType="JWT", AuthorizerId=guard)
api.update_stage(ApiId=id, StageName="$default", DefaultRouteSettings={"ThrottlingBurstLimit": 5, "ThrottlingRateLimit": 10.5})
stage = api.get_stage(ApiId=id, StageName="$default")
api.create_domain_name(DomainName="boto.example.com", DomainNameConfigurations=[{"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a"}])
mapping = api.create_api_mapping(DomainName="boto.example.com", ApiId=id, Stage="$default", ApiMappingKey="v1")
try: api.create_route(ApiId=id, RouteKey="GET /guarded")
except api.exceptions.ConflictException as e: error = e.response["Error"]["Message"]
keys = sorted(r["RouteKey"] for p in api.get_paginator("get_routes").paginate(ApiId=id) for r in p["Items"])
print(json.dumps({"id": id, "keys": keys, "rate": stage["DefaultRouteSettings"]["ThrottlingRateLimit"], "deployed": stage["AutoDeploy"], "mapping": mapping["ApiMappingKey"], "error": error, "status": made["ResponseMetadata"]["HTTPStatusCode"], "created": made["CreatedDate"].year}))
`,
  )
  expect(found).toMatchObject({ keys: ['$default', 'GET /guarded'], rate: 10.5, deployed: true, mapping: 'v1', error: 'Route with key GET /guarded already exists for this API', status: 201, created: new Date().getUTCFullYear() })
  const call = hostCaller(sandbox, found.id)
  expect((await call('/x')).json).toEqual({ hello: '/x' })
  expect((await call('/guarded')).status).toBe(401)
  expect((await call('/v1/x', { headers: { host: 'boto.example.com' } })).json).toEqual({ hello: '/v1/x' })
})
