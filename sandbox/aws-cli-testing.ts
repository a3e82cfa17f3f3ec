import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { ClientConfig } from './testing'

const run = promisify(execFile)
const version = spawnSync('aws', ['--version'], { encoding: 'utf8' })

/** The real AWS CLI of this machine, such as `aws-cli/1.45.11`; undefined where there is none, and tests that need it are skipped. */
export const awsCliVersion = version.status === 0 ? version.stdout.split(' ')[0]! : undefined

/** Runs the AWS CLI with a client's keys and nothing of this machine's own settings. Gives the JSON that it prints. */
export async function awsCli({ endpoint, region, credentials }: Pick<ClientConfig, 'endpoint' | 'region' | 'credentials'>, args: string[], cwd?: string): Promise<any> {
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
    AWS_PAGER: '',
  }
  // Next's types want NODE_ENV in every environment.
  const { stdout } = await run('aws', [...args, '--output', 'json'], { env: env as unknown as NodeJS.ProcessEnv, ...(cwd === undefined ? {} : { cwd }) })
  return stdout.trim() === '' ? undefined : JSON.parse(stdout)
}
