import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox, type RunningSandbox, type SandboxOptions } from './index'

/** What tests hand to an SDK client's constructor. */
export interface ClientConfig {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  maxAttempts: number
}

/** A sandbox of a test's own, with a fresh account to work in. */
export interface TestSandbox extends RunningSandbox {
  dataDir: string
  accountId: string
  /** Client configuration of the account's learner. */
  learner: ClientConfig
  /** Client configuration for any key of this sandbox. */
  as(credentials: ClientConfig['credentials']): ClientConfig
  /** Another fresh account of the same sandbox. */
  newAccount(): Promise<{ accountId: string; config: ClientConfig }>
  /** Calls the admin API and gives the answer's JSON. */
  admin(method: string, path: string): Promise<any>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** Starts a sandbox on a free port and a temporary folder. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = options.data ?? mkdtempSync(join(tmpdir(), 'sandbox-'))
  const running = await startSandbox({ port: 0, ...options, data: dataDir })
  const as = ({ accessKeyId, secretAccessKey, sessionToken }: ClientConfig['credentials']): ClientConfig => ({
    endpoint: running.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    maxAttempts: 1,
  })
  const admin = async (method: string, path: string) => {
    const response = await fetch(running.url + path, { method, headers: { authorization: `Bearer ${running.adminToken}` } })
    return response.json()
  }
  const newAccount = async () => {
    const { accountId } = await admin('POST', '/_worklab/accounts')
    return { accountId: accountId as string, config: as(await admin('GET', `/_worklab/accounts/${accountId}/keys`)) }
  }
  const { accountId, config: learner } = await newAccount()
  return {
    ...running,
    dataDir,
    accountId,
    learner,
    as,
    newAccount,
    admin,
    async remove() {
      await running.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
