import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let role: string
let folder: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  role = await makeRole(sandbox.learner, 'r', ['service-role/AWSLambdaVPCAccessExecutionRole', 'service-role/AWSLambdaSQSQueueExecutionRole'])
  folder = mkdtempSync(join(tmpdir(), 'clients-'))
  writeFileSync(join(folder, 'code.zip'), handlerZip(`awslambda.streamifyResponse(async (event, stream) => { stream.write('in '); stream.write('pieces'); stream.end() })`))
})
afterAll(async () => {
  await sandbox.remove()
  rmSync(folder, { recursive: true, force: true })
})

const PROFILE = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/ours/abcdefghij'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

describe.skipIf(!awsCliVersion)(awsCliVersion ?? 'the AWS CLI is not installed: left out', { timeout: 120_000 }, () => {
  const aws = (...args: string[]) => awsCli(sandbox.learner, args, folder)
  const lambda = (...args: string[]) => aws('lambda', ...args)

  it('makes a function from S3, in a network, under a key and a code signing configuration', async () => {
    await aws('s3api', 'create-bucket', '--bucket', 'cli-packages')
    await aws('s3api', 'put-object', '--bucket', 'cli-packages', '--key', 'code.zip', '--body', 'code.zip')
    const { CodeSigningConfig } = await lambda('create-code-signing-config', '--allowed-publishers', `SigningProfileVersionArns=${PROFILE}`)
    const made = await lambda('create-function', '--function-name', 'cli', '--runtime', 'nodejs22.x', '--handler', 'index.handler', '--role', role, '--code', 'S3Bucket=cli-packages,S3Key=code.zip', '--vpc-config', 'SubnetIds=subnet-89abcdef,SecurityGroupIds=sg-89abcdef', '--kms-key-arn', KEY, '--code-signing-config-arn', CodeSigningConfig.CodeSigningConfigArn)
    expect(made).toMatchObject({ VpcConfig: { SubnetIds: ['subnet-89abcdef'], SecurityGroupIds: ['sg-89abcdef'], VpcId: expect.stringMatching(/^vpc-/) }, KMSKeyArn: KEY })
    expect(await lambda('get-function-code-signing-config', '--function-name', 'cli')).toEqual({ CodeSigningConfigArn: CodeSigningConfig.CodeSigningConfigArn, FunctionName: 'cli' })
    expect(await lambda('list-functions-by-code-signing-config', '--code-signing-config-arn', CodeSigningConfig.CodeSigningConfigArn)).toMatchObject({ FunctionArns: [made.FunctionArn] })
    await lambda('update-code-signing-config', '--code-signing-config-arn', CodeSigningConfig.CodeSigningConfigArn, '--code-signing-policies', 'UntrustedArtifactOnDeployment=Enforce')
    await expect(lambda('update-function-code', '--function-name', 'cli', '--zip-file', 'fileb://code.zip')).rejects.toThrow('(CodeVerificationFailedException) when calling the UpdateFunctionCode operation')
    await expect(lambda('create-function', '--function-name', 'no', '--runtime', 'nodejs22.x', '--handler', 'index.handler', '--role', role, '--code', 'S3Bucket=cli-packages,S3Key=none.zip')).rejects.toThrow('(InvalidParameterValueException) when calling the CreateFunction operation: Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.')
  })

  it('sets loops, runtimes and streaming, and tags a mapping', async () => {
    expect(await lambda('put-function-recursion-config', '--function-name', 'cli', '--recursive-loop', 'Allow')).toEqual({ RecursiveLoop: 'Allow' })
    expect(await lambda('put-runtime-management-config', '--function-name', 'cli', '--update-runtime-on', 'FunctionUpdate')).toMatchObject({ UpdateRuntimeOn: 'FunctionUpdate' })
    expect(await lambda('get-runtime-management-config', '--function-name', 'cli')).toMatchObject({ UpdateRuntimeOn: 'FunctionUpdate' })
    const { FunctionUrl } = await lambda('create-function-url-config', '--function-name', 'cli', '--auth-type', 'NONE', '--invoke-mode', 'RESPONSE_STREAM')
    for (const action of ['InvokeFunctionUrl', 'InvokeFunction']) {
      await lambda('add-permission', '--function-name', 'cli', '--statement-id', action, '--action', `lambda:${action}`, '--principal', '*', ...(action === 'InvokeFunctionUrl' ? ['--function-url-auth-type', 'NONE'] : []))
    }
    expect(await (await fetch(`${sandbox.url}/_lambda-url/${new URL(FunctionUrl).hostname.split('.')[0]}/`)).text()).toBe('in pieces')
    await new SQSClient(sandbox.learner).send(new CreateQueueCommand({ QueueName: 'cli' }))
    const mapping = await lambda('create-event-source-mapping', '--function-name', 'cli', '--event-source-arn', `arn:aws:sqs:us-east-1:${sandbox.accountId}:cli`, '--no-enabled', '--tags', 'team=books')
    await lambda('tag-resource', '--resource', mapping.EventSourceMappingArn, '--tags', 'stage=dev')
    expect(await lambda('list-tags', '--resource', mapping.EventSourceMappingArn)).toEqual({ Tags: { team: 'books', stage: 'dev' } })
  })
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 works with code from S3, code signing, networks, loops and streams' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const found = await boto3(
    sandbox.learner,
    `
s3, client = boto3.client("s3"), boto3.client("lambda")
s3.create_bucket(Bucket="boto-packages")
s3.upload_file("${join(folder, 'code.zip')}", "boto-packages", "code.zip")
config = client.create_code_signing_config(AllowedPublishers={"SigningProfileVersionArns": ["${PROFILE}"]})["CodeSigningConfig"]
made = client.create_function(FunctionName="boto", Runtime="nodejs22.x", Handler="index.handler", Role="${role}", Code={"S3Bucket": "boto-packages", "S3Key": "code.zip"}, VpcConfig={"SubnetIds": ["subnet-89abcdef"], "SecurityGroupIds": ["sg-89abcdef"]}, KMSKeyArn="${KEY}", CodeSigningConfigArn=config["CodeSigningConfigArn"])
client.get_waiter("function_active_v2").wait(FunctionName="boto")
try: client.delete_code_signing_config(CodeSigningConfigArn=config["CodeSigningConfigArn"])
except client.exceptions.ResourceConflictException as e: used = e.response["Error"]["Code"]
client.delete_function_code_signing_config(FunctionName="boto")
client.put_function_recursion_config(FunctionName="boto", RecursiveLoop="Allow")
stream = client.invoke_with_response_stream(FunctionName="boto")["EventStream"]
text = b"".join(e["PayloadChunk"]["Payload"] for e in stream if "PayloadChunk" in e).decode()
later = client.invoke_async(FunctionName="boto", InvokeArgs=b"{}")["Status"]
try: client.update_function_configuration(FunctionName="boto", VpcConfig={"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-89abcdef"]})
except client.exceptions.InvalidParameterValueException as e: error = e.response["Error"]["Message"]
print(json.dumps({"vpc": made["VpcConfig"]["SubnetIds"], "key": made["KMSKeyArn"], "used": used, "loop": client.get_function_recursion_config(FunctionName="boto")["RecursiveLoop"], "text": text, "later": later, "error": error}))
`,
  )
  expect(found).toEqual({ vpc: ['subnet-89abcdef'], key: KEY, used: 'ResourceConflictException', loop: 'Allow', text: 'in pieces', later: 202, error: expect.stringContaining('InvalidSubnetID.Malformed') })
})
