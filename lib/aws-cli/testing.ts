import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Major version of the `aws` on this machine; undefined where there is none, and its tests are skipped. */
export function installedAws(): 1 | 2 | undefined {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8' }).startsWith('aws-cli/1') ? 1 : 2
  } catch {
    return undefined
  }
}

/** Runs AWS CLI text in a shell of its own, in a folder that is also its home, so that no configuration of the machine plays a part. */
export async function runCli(text: string, folder: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string; failed: boolean }> {
  const own = { PATH: process.env.PATH!, HOME: folder, LC_ALL: 'C.UTF-8', AWS_MAX_ATTEMPTS: '1', AWS_PAGER: '', ...env }
  return promisify(execFile)('sh', ['-c', text], { cwd: folder, env: own as unknown as NodeJS.ProcessEnv }).then(
    (output) => ({ ...output, failed: false }),
    (error) => ({ stdout: error.stdout, stderr: error.stderr, failed: true }),
  )
}
