import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startIssuer } from '../sts/web-identity-testing'
import { CERTIFICATES, PRIVATE_KEY } from './certificates-testing'
import { SAML_METADATA } from './saml-testing'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'
import { codeOf, stepOf } from './totp'

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

  it('works with devices, keys, certificates and providers', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iam-cli-'))
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content)
      return `file://${join(folder, name)}`
    }
    const me = (...command: string[]) => aws(account.keys, ...command)
    const { VirtualMFADevice } = await me('iam', 'create-virtual-mfa-device', '--virtual-mfa-device-name', 'phone', '--bootstrap-method', 'Base32StringSeed', '--outfile', join(folder, 'seed'))
    const seed = readFileSync(join(folder, 'seed'), 'utf8')
    const codeAt = (step: number) => codeOf(seed, stepOf(Date.now()) + step)
    await me('iam', 'enable-mfa-device', '--user-name', 'learner', '--serial-number', VirtualMFADevice.SerialNumber, '--authentication-code1', codeAt(-1), '--authentication-code2', codeAt(0))
    const { Credentials } = await me('sts', 'get-session-token', '--serial-number', VirtualMFADevice.SerialNumber, '--token-code', codeAt(1))
    expect(Credentials.AccessKeyId).toMatch(/^ASIA/)
    await me('iam', 'create-virtual-mfa-device', '--virtual-mfa-device-name', 'tablet', '--bootstrap-method', 'QRCodePNG', '--outfile', join(folder, 'code.png'))
    expect(readFileSync(join(folder, 'code.png')).subarray(1, 4).toString()).toBe('PNG')
    const uploaded = await me('iam', 'upload-server-certificate', '--server-certificate-name', 'shop', '--certificate-body', file('shop.pem', CERTIFICATES.shop), '--private-key', file('key.pem', PRIVATE_KEY))
    expect(new Date(uploaded.ServerCertificateMetadata.Expiration)).toEqual(new Date('2120-01-01T00:00:00Z'))
    const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }) as string
    const { SSHPublicKey } = await me('iam', 'upload-ssh-public-key', '--user-name', 'learner', '--ssh-public-key-body', file('ssh.pem', sshKey))
    expect((await me('iam', 'get-ssh-public-key', '--user-name', 'learner', '--ssh-public-key-id', SSHPublicKey.SSHPublicKeyId, '--encoding', 'SSH')).SSHPublicKey.SSHPublicKeyBody).toMatch(/^ssh-rsa /)
    const { SAMLProviderArn } = await me('iam', 'create-saml-provider', '--name', 'office', '--saml-metadata-document', file('metadata.xml', SAML_METADATA))
    expect((await me('iam', 'get-saml-provider', '--saml-provider-arn', SAMLProviderArn)).SAMLMetadataDocument).toBe(SAML_METADATA)
    rmSync(folder, { recursive: true })
  })
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 works with web identities, reports and credentials' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const issuer = await startIssuer()
  const account = await startTestAccount({ allowOutgoing: [issuer.host] })
  const trust = policy({ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::${account.accountId}:oidc-provider/${issuer.host}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${issuer.host}:aud`]: 'shop' } } })
  const found = await boto3(
    { endpoint: account.sandbox.url, region: 'us-east-1', credentials: account.keys },
    `
from botocore import UNSIGNED
from botocore.config import Config
iam = boto3.client("iam")
provider = iam.create_open_id_connect_provider(Url="http://${issuer.host}", ClientIDList=["shop"])["OpenIDConnectProviderArn"]
role = iam.create_role(RoleName="boto", AssumeRolePolicyDocument=${JSON.stringify(trust)})["Role"]["Arn"]
sts = boto3.client("sts", config=Config(signature_version=UNSIGNED))
assumed = sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="job", WebIdentityToken="${issuer.token()}")
try: sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="job", WebIdentityToken="nonsense")
except sts.exceptions.InvalidIdentityTokenException as e: error = e.response["Error"]["Code"]
job = iam.generate_service_last_accessed_details(Arn="arn:aws:iam::${account.accountId}:user/learner")["JobId"]
report = iam.get_service_last_accessed_details(JobId=job, MaxItems=1000)
used = [s["ServiceNamespace"] for s in report["ServicesLastAccessed"] if "LastAuthenticated" in s]
made = iam.create_service_specific_credential(UserName="learner", ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]
iam.update_service_specific_credential(ServiceSpecificCredentialId=made["ServiceSpecificCredentialId"], Status="Inactive")
kept = iam.list_service_specific_credentials(UserName="learner")["ServiceSpecificCredentials"]
try: iam.upload_ssh_public_key(UserName="learner", SSHPublicKeyBody="no key")
except iam.exceptions.UnrecognizedPublicKeyEncodingException as e: encoding = e.response["Error"]["Code"]
print(json.dumps({"arn": assumed["AssumedRoleUser"]["Arn"], "error": error, "status": report["JobStatus"], "used": used, "kept": [c["Status"] for c in kept], "encoding": encoding}))
`,
  )
  expect(found).toEqual({ arn: `arn:aws:sts::${account.accountId}:assumed-role/boto/job`, error: 'InvalidIdentityToken', status: 'COMPLETED', used: ['iam'], kept: ['Inactive'], encoding: 'UnrecognizedPublicKeyEncoding' })
  issuer.close()
  await account.close()
})
