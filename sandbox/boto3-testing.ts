import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { ClientConfig } from './testing'

const run = promisify(execFile)

/** Whether this machine's Python has boto3; where it has none, tests that need it are skipped. */
export const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0

/** Runs a Python script that has `boto3` and `json`, with a client's keys and nothing of this machine's own settings. Gives the JSON of the last line that it prints. */
export async function boto3({ endpoint, region, credentials }: Pick<ClientConfig, 'endpoint' | 'region' | 'credentials'>, script: string): Promise<any> {
  const env = {
    PATH: process.env.PATH,
    // The shims of pyenv find their versions there, whatever HOME is.
    PYENV_ROOT: process.env.PYENV_ROOT,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
  }
  // Next's types want NODE_ENV in every environment.
  const { stdout } = await run('python3', ['-c', `import boto3, json\n${script}`], { env: env as unknown as NodeJS.ProcessEnv })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}
