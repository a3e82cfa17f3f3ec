import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'

/** The real AWS CLI, where it is installed, must see what the SDK sees. */
describe.skipIf(!awsCliVersion)('the AWS CLI (skipped where `aws` is not installed)', () => {
  let account: TestAccount
  beforeAll(async () => {
    account = await startTestAccount()
  })
  afterAll(() => account.close())

  const aws = (keys: Keys, ...command: string[]) => awsCli({ endpoint: account.sandbox.url, region: 'us-east-1', credentials: keys }, command)

  it('makes a role, assumes it, and is denied in AWS\'s words', { timeout: 120_000 }, async () => {
    const id = account.accountId
    const trust = policy({ Effect: 'Allow', Principal: { AWS: id }, Action: 'sts:AssumeRole' })
    const { Role } = await aws(account.keys, 'iam', 'create-role', '--role-name', 'cli', '--assume-role-policy-document', trust, '--tags', 'Key=team,Value=books')
    // The CLI decodes the document.
    expect(Role.AssumeRolePolicyDocument).toEqual(JSON.parse(trust))
    await aws(account.keys, 'iam', 'attach-role-policy', '--role-name', 'cli', '--policy-arn', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')
    expect((await aws(account.keys, 'iam', 'list-attached-role-policies', '--role-name', 'cli')).AttachedPolicies).toHaveLength(1)
    expect((await aws(account.keys, 'iam', 'list-role-tags', '--role-name', 'cli')).Tags).toEqual([{ Key: 'team', Value: 'books' }])
    const version = await aws(account.keys, 'iam', 'get-policy-version', '--policy-arn', 'arn:aws:iam::aws:policy/AdministratorAccess', '--version-id', 'v1')
    expect(version.PolicyVersion.Document.Statement).toEqual([{ Action: '*', Effect: 'Allow', Resource: '*' }])
    const { Credentials } = await aws(account.keys, 'sts', 'assume-role', '--role-arn', Role.Arn, '--role-session-name', 'shell')
    const keys = { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken }
    expect((await aws(keys, 'sts', 'get-caller-identity')).Arn).toBe(`arn:aws:sts::${id}:assumed-role/cli/shell`)
    await expect(aws(keys, 'iam', 'list-users')).rejects.toMatchObject({
      stderr: expect.stringMatching(
        new RegExp(`An error occurred \\(AccessDenied\\) when calling the ListUsers operation: User: arn:aws:sts::${id}:assumed-role/cli/shell is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${id}:user/ because no identity-based policy allows the iam:ListUsers action`),
      ),
    })
    const simulated = await aws(account.keys, 'iam', 'simulate-principal-policy', '--policy-source-arn', Role.Arn, '--action-names', 'logs:PutLogEvents', 's3:GetObject')
    expect(simulated.EvaluationResults.map((one: any) => one.EvalDecision)).toEqual(['allowed', 'implicitDeny'])
  })
})
