import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../index'

/** Keys as SDK clients take them. */
export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** A sandbox with one account, for tests that speak to it as a user would. */
export interface TestAccount {
  sandbox: RunningSandbox
  accountId: string
  /** The learner's. */
  keys: Keys
  iam(keys?: Keys): IAMClient
  sts(keys?: Keys): STSClient
  admin(method: string, path: string): Promise<any>
  /** A new user with these statements as its one inline policy; none where not given. */
  user(name: string, statements?: object[]): Promise<Keys>
  close(): Promise<void>
}

/** Starts a sandbox in a folder of its own and makes an account in it. */
export async function startTestAccount(options: Partial<SandboxOptions> = {}): Promise<TestAccount> {
  const data = await mkdtemp(join(tmpdir(), 'worklab-iam-'))
  const sandbox = await startSandbox({ data, port: 0, ...options })
  const admin = async (method: string, path: string) => (await fetch(sandbox.url + path, { method, headers: { authorization: `Bearer ${sandbox.adminToken}` } })).json()
  const { accountId } = await admin('POST', '/_worklab/accounts')
  const keys: Keys = await admin('GET', `/_worklab/accounts/${accountId}/keys`)
  const settings = (credentials: Keys) => ({ endpoint: sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  const iam = (credentials = keys) => new IAMClient(settings(credentials))
  return {
    sandbox,
    accountId,
    keys,
    iam,
    sts: (credentials = keys) => new STSClient(settings(credentials)),
    admin,
    async user(UserName, statements) {
      await iam().send(new CreateUserCommand({ UserName }))
      if (statements) await iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: policy(...statements) }))
      const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }))
      return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
    },
    async close() {
      await sandbox.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** A policy document of these statements, as text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
