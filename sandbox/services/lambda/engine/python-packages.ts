import { execFile } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { findRuntimes } from './interpreters'

const run = promisify(execFile)
const limitMs = 300_000

/** Where boto3 for Python functions is kept within the engine's data directory. */
export function pythonPackages(dataDir: string): string {
  return resolve(dataDir, 'python')
}

/**
 * Installs boto3 by pip for all Python functions of a data directory; replaces what is there. Compiled for every Python found,
 * since functions may not write beside it.
 * @returns what was done, in one line
 * @throws Error in plain words where there is no Python, or pip cannot install it
 */
export async function installBoto3(dataDir: string): Promise<string> {
  const found = [...(await findRuntimes()).values()].flatMap(({ language, interpreter }) => (language === 'python' && interpreter ? [interpreter] : []))
  const pythons = [...new Map(found.map((python) => [python.path, python])).values()]
  if (pythons.length === 0) throw new Error('Python is not installed on this machine; boto3 needs it.')
  const target = pythonPackages(dataDir)
  const aside = `${target}-unfinished`
  await rm(aside, { recursive: true, force: true })
  await mkdir(aside, { recursive: true })
  const faults: string[] = []
  for (const { path, version } of pythons) {
    const installed = await run(path, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', aside, 'boto3'], { timeout: limitMs }).then(
      () => true,
      (error: Error & { stderr?: string }) => void faults.push(`Python ${version}: ${error.stderr?.trim().split('\n').at(-1) || error.message}`),
    )
    if (!installed) continue
    for (const python of pythons) await run(python.path, ['-m', 'compileall', '-q', aside], { timeout: limitMs }).catch(() => {})
    await rm(target, { recursive: true, force: true })
    await rename(aside, target)
    return `boto3 is installed in ${target}.`
  }
  await rm(aside, { recursive: true, force: true })
  throw new Error(`pip could not install boto3. ${faults.join('; ')}`)
}
