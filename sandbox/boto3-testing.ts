import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { clientEnvironment } from './client-environment-testing'
import type { ClientConfig } from './testing'

const run = promisify(execFile)

/** Whether this machine's Python has boto3; where it has none, tests that need it are skipped. */
export const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0

/** Runs a Python script that has `boto3` and `json`, with a client's keys and nothing of this machine's own settings. Gives the JSON of the last line that it prints. */
export async function boto3(config: Pick<ClientConfig, 'endpoint' | 'region' | 'credentials'>, script: string): Promise<any> {
  const { stdout } = await run('python3', ['-c', `import boto3, json\n${script}`], { env: clientEnvironment(config) })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}
