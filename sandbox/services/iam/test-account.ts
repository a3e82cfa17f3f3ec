import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import type { RunningSandbox, SandboxOptions } from '../../index'
import { startTestSandbox, type ClientConfig } from '../../testing'

/** Keys as SDK clients take them. */
export type Keys = ClientConfig['credentials']

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
  const sandbox = await startTestSandbox(options)
  const keys: Keys = sandbox.learner.credentials
  const iam = (credentials = keys) => new IAMClient(sandbox.as(credentials))
  return {
    sandbox,
    accountId: sandbox.accountId,
    keys,
    iam,
    sts: (credentials = keys) => new STSClient(sandbox.as(credentials)),
    admin: sandbox.admin,
    async user(UserName, statements) {
      await iam().send(new CreateUserCommand({ UserName }))
      if (statements) await iam().send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: policy(...statements) }))
      const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }))
      return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
    },
    close: sandbox.remove,
  }
}

/** A policy document of these statements, as text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
