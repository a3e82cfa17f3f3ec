import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { callerOf } from '../../execute-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

const title = awsCliVersion ? `the AWS CLI (${awsCliVersion}) makes, deploys, tests and changes an API` : 'the AWS CLI is not installed: left out'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

const aws = (...args: string[]) => awsCli(sandbox.learner, ['apigateway', ...args])

it.skipIf(!awsCliVersion)(title, { timeout: 120_000 }, async () => {
  const { id, rootResourceId } = await aws('create-rest-api', '--name', 'cli', '--endpoint-configuration', 'types=REGIONAL')
  const resource = await aws('create-resource', '--rest-api-id', id, '--parent-id', rootResourceId, '--path-part', 'hello')
  const at = ['--rest-api-id', id, '--resource-id', resource.id, '--http-method', 'GET']
  await aws('put-method', ...at, '--authorization-type', 'NONE', '--request-parameters', 'method.request.querystring.who=false')
  await aws('put-method-response', ...at, '--status-code', '200')
  await aws('put-integration', ...at, '--type', 'MOCK', '--request-templates', '{"application/json": "{\\"statusCode\\": 200}"}')
  await aws('put-integration-response', ...at, '--status-code', '200', '--response-templates', '{"application/json": "{\\"hello\\": \\"$input.params(\'who\') $stageVariables.colour\\"}"}')
  const tested = await aws('test-invoke-method', ...at, '--path-with-query-string', '/hello?who=you', '--stage-variables', 'colour=blue')
  expect(tested).toMatchObject({ status: 200, body: '{"hello": "you blue"}' })
  expect(tested.log).toContain('Method completed with status: 200')
  await aws('create-deployment', '--rest-api-id', id, '--stage-name', 'prod')
  const stage = await aws('update-stage', '--rest-api-id', id, '--stage-name', 'prod', '--patch-operations', 'op=replace,path=/variables/colour,value=red')
  expect(stage.variables).toEqual({ colour: 'red' })
  expect((await callerOf(sandbox, id, 'prod')('/hello?who=me')).json).toEqual({ hello: 'me red' })
  const arn = `arn:aws:apigateway:us-east-1::/restapis/${id}`
  await aws('tag-resource', '--resource-arn', arn, '--tags', 'team=a')
  expect((await aws('get-rest-apis')).items).toMatchObject([{ id, name: 'cli', tags: { team: 'a' } }])
  await expect(aws('get-stage', '--rest-api-id', id, '--stage-name', 'none')).rejects.toThrow('An error occurred (NotFoundException) when calling the GetStage operation: Invalid stage identifier specified')
  await aws('delete-rest-api', '--rest-api-id', id)
  expect((await aws('get-rest-apis')).items).toEqual([])
})
