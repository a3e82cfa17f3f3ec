import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { clientEnvironment } from './client-environment-testing'
import type { ClientConfig } from './testing'

const run = promisify(execFile)
const version = spawnSync('aws', ['--version'], { encoding: 'utf8' })

/** The real AWS CLI of this machine, such as `aws-cli/1.45.11`; undefined where there is none, and tests that need it are skipped. */
export const awsCliVersion = version.status === 0 ? version.stdout.split(' ')[0]! : undefined

/** Runs the AWS CLI with a client's keys and nothing of this machine's own settings. Gives the JSON that it prints. */
export async function awsCli(config: Pick<ClientConfig, 'endpoint' | 'region' | 'credentials'>, args: string[], cwd?: string): Promise<any> {
  const { stdout } = await run('aws', [...args, '--output', 'json'], { env: clientEnvironment(config), ...(cwd === undefined ? {} : { cwd }) })
  return stdout.trim() === '' ? undefined : JSON.parse(stdout)
}
