import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The peers that Worklab is measured beside, of the Python Package Index. */
export const PEERS = ['moto[server]==5.2.5', 'ministack==1.5.33']
/** With a slow network pip needs its time; it needs it once. */
const INSTALL_WITHIN_MS = 10 * 60_000

/**
 * Makes the virtual environment with both peers in the user's cache folder, or finds the one that an earlier run made.
 * @returns its folder of programs, or a word on why there is none
 */
export async function installPeers(): Promise<{ bin: string } | { skipped: string }> {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'worklab', 'bench-peers')
  const bin = join(folder, 'bin')
  const done = join(folder, 'installed')
  if (existsSync(done) && readFileSync(done, 'utf8') === PEERS.join('\n')) return { bin }
  console.error(`Installing ${PEERS.join(' and ')} into ${folder}; this is done once and may take minutes.`)
  mkdirSync(folder, { recursive: true })
  const python = await run('python3', ['-m', 'venv', folder]).catch((error: Error) => error)
  if (python instanceof Error) return { skipped: 'skipped: no Python with venv' }
  const pip = await run(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PEERS], { timeout: INSTALL_WITHIN_MS }).catch((error: Error) => error)
  if (pip instanceof Error) return { skipped: 'skipped: pip cannot install it' }
  writeFileSync(done, PEERS.join('\n'))
  return { bin }
}
