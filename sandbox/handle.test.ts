import { APIGatewayClient, GetDomainNameAccessAssociationsCommand } from '@aws-sdk/client-api-gateway'
import { GetRoleCommand, IAMClient, CreateRoleCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendSigned } from './raw-request'
import { startTestSandbox, type TestSandbox } from './testing'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

const identity = (config: ConstructorParameters<typeof STSClient>[0]) => new STSClient(config!).send(new GetCallerIdentityCommand({}))

describe('who calls', () => {
  it('is the learner of the account whose key signed', async () => {
    expect(await identity(sandbox.learner)).toMatchObject({ Account: sandbox.accountId, Arn: `arn:aws:iam::${sandbox.accountId}:user/learner` })
  })

  it('is nobody with a wrong secret', async () => {
    const credentials = { ...sandbox.learner.credentials, secretAccessKey: 'wrong' }
    await expect(identity(sandbox.as(credentials))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } })
  })

  it('is nobody with a key that does not exist', async () => {
    await expect(identity(sandbox.as({ accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'x' }))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  it('is nobody with a session token that this sandbox did not give', async () => {
    const { accessKeyId, secretAccessKey } = await sandbox.admin('POST', `/_worklab/accounts/${sandbox.accountId}/session`)
    const forged = sandbox.as({ accessKeyId, secretAccessKey, sessionToken: Buffer.alloc(64).toString('base64') })
    await expect(identity(forged)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  it('is nobody with a signature older than 15 minutes', async () => {
    const config = { ...sandbox.learner, systemClockOffset: -20 * 60_000 }
    await expect(identity(config)).rejects.toThrow(/Signature expired|not within 15 minutes/)
  })

  it('is root for a session of the account', async () => {
    const session = await sandbox.admin('POST', `/_worklab/accounts/${sandbox.accountId}/session`)
    expect((await identity(sandbox.as(session))).Arn).toBe(`arn:aws:iam::${sandbox.accountId}:root`)
  })

  it('may come presigned, until it expires', async () => {
    const url = new URL(sandbox.url)
    const signer = new SignatureV4({ service: 'sts', region: 'us-east-1', credentials: sandbox.learner.credentials, sha256: Sha256 })
    const presign = async (signingDate: Date) => {
      const signed = await signer.presign(
        { method: 'GET', protocol: 'http:', hostname: url.hostname, port: Number(url.port), path: '/', query: { Action: 'GetCallerIdentity', Version: '2011-06-15' }, headers: { host: url.host } },
        { expiresIn: 60, signingDate },
      )
      return fetch(`${sandbox.url}/?${new URLSearchParams(signed.query as Record<string, string>)}`)
    }
    const now = await presign(new Date())
    expect(now.status).toBe(200)
    expect(await now.text()).toContain(`<Account>${sandbox.accountId}</Account>`)
    expect((await presign(new Date(Date.now() - 61_000))).status).toBe(403)
  })
})

describe('rotated keys', () => {
  it('work at once, the old ones no longer', async () => {
    const { accountId, config } = await sandbox.newAccount()
    const fresh = await sandbox.admin('POST', `/_worklab/accounts/${accountId}/keys`)
    expect((await identity(sandbox.as(fresh))).Account).toBe(accountId)
    await expect(identity(config)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })
})

describe('bad requests', () => {
  it('without a signature are told so', async () => {
    const response = await fetch(`${sandbox.url}/2015-03-31/functions`)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('missing Authentication Token')
  })

  it('for an operation that is not there yet get 501 with its name', async () => {
    const client = new APIGatewayClient(sandbox.learner)
    await expect(client.send(new GetDomainNameAccessAssociationsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('apigateway:GetDomainNameAccessAssociations'),
      $metadata: { httpStatusCode: 501 },
    })
  })

  it('for a service that is not there get 501 with the operation’s name', async () => {
    const action = 'Action=DescribeInstances&Version=2016-11-15'
    const response = await sendSigned(sandbox.learner, { service: 'ec2', method: 'POST', path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from(action) })
    expect(response.status).toBe(501)
    expect(response.text).toContain('ec2:DescribeInstances is not implemented')
  })

  it('with a name that breaks AWS’s pattern get AWS’s words', async () => {
    const client = new IAMClient(sandbox.learner)
    const create = client.send(new CreateRoleCommand({ RoleName: 'no spaces', AssumeRolePolicyDocument: '{}' }))
    await expect(create).rejects.toMatchObject({
      name: 'ValidationError',
      message: "1 validation error detected: Value 'no spaces' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    })
  })

  it('without a required member get AWS’s words', async () => {
    const client = new IAMClient(sandbox.learner)
    await expect(client.send(new GetRoleCommand({ RoleName: undefined }))).rejects.toThrow(/Value null at 'roleName' failed to satisfy constraint: Member must not be null/)
  })

  it('of any shape get an error in AWS’s form and never end the sandbox', async () => {
    const bodies = ['', '{', '[]', '"x"', '\0\0', '{"a":'.repeat(2000)]
    for (const body of bodies) {
      const response = await fetch(`${sandbox.url}/2015-03-31/functions`, { method: 'POST', body, headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' } })
      expect(response.status).toBe(400)
      expect(response.headers.get('x-amzn-errortype')).toBe('IncompleteSignature')
    }
    expect((await identity(sandbox.learner)).Account).toBe(sandbox.accountId)
  })
})

describe('open mode', () => {
  it('takes any key as root of the account that it names', async () => {
    const open = await startTestSandbox({ auth: 'open' })
    const secretAccessKey = 'test'
    expect(await identity(open.as({ accessKeyId: 'test', secretAccessKey }))).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root' })
    expect((await identity(open.as({ accessKeyId: '123456789012', secretAccessKey }))).Account).toBe('123456789012')
    await open.remove()
  })

  it('is refused beyond loopback', async () => {
    await expect(startTestSandbox({ auth: 'open', host: '0.0.0.0' })).rejects.toThrow(/loopback only/)
  })
})

describe('beyond loopback', () => {
  it('handlers that nothing contains are not served', async () => {
    await expect(startTestSandbox({ host: '0.0.0.0', isolation: 'none' })).rejects.toThrow(/Without bubblewrap/)
  })
})

describe('the audit trail', () => {
  it('tells what was called, by whom, and with which end; secrets are left out', async () => {
    const { accountId, config } = await sandbox.newAccount()
    await identity(config)
    await new IAMClient(config).send(new GetRoleCommand({ RoleName: 'nobody' })).catch(() => undefined)
    const { events } = await sandbox.admin('GET', `/_worklab/accounts/${accountId}/events`)
    expect(events).toHaveLength(2)
    expect(events[0]).toMatchObject({ eventSource: 'iam.amazonaws.com', eventName: 'GetRole', errorCode: 'NoSuchEntity', requestParameters: { RoleName: 'nobody' } })
    expect(events[1]).toMatchObject({ eventName: 'GetCallerIdentity', userIdentity: { arn: `arn:aws:iam::${accountId}:user/learner` }, readOnly: true })
    expect(JSON.stringify(events)).not.toContain(config.credentials.secretAccessKey)
  })
})

describe('the admin API', () => {
  it('opens only to its token', async () => {
    const response = await fetch(`${sandbox.url}/_worklab/accounts`, { method: 'POST', headers: { authorization: 'Bearer guess' } })
    expect(response.status).toBe(401)
  })

  it('names an account that is not there', async () => {
    expect(await sandbox.admin('GET', '/_worklab/accounts/999999999999/keys')).toMatchObject({ code: 'NoSuchAccount', message: expect.stringContaining('999999999999') })
  })
})
