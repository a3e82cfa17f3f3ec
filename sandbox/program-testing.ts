import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach } from 'vitest'
import programFiles from './program/files.cjs'
import type { ClientConfig } from './testing'

/** The built sandbox, as `npm run sandbox` starts it, in a process of its own: to be killed in the middle of its work and started again on the same data. */
export interface SandboxProgram {
  /** Starts it; gives the client configuration of an account's root. Fails where it ends before it is ready. */
  start(): Promise<ClientConfig>
  /** `kill -9`; nothing where it does not run. */
  kill(): Promise<void>
  /** The folder of its data. */
  data(): string
}

/** For the tests of a file: each gets fresh data, and none leaves a process or a folder behind. */
export function sandboxProgram(): SandboxProgram {
  let data: string
  let program: ChildProcess | undefined

  async function kill(): Promise<void> {
    if (!program || program.exitCode !== null || program.signalCode !== null) return
    program.kill('SIGKILL')
    await once(program, 'exit')
  }

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'program-'))
  })
  afterEach(async () => {
    await kill()
    rmSync(data, { recursive: true, force: true })
  })
  return {
    async start() {
      program = spawn(process.execPath, [...programFiles.FLAGS, 'sandbox/program/run.cjs', '--port', '0', '--data', data, '--auth', 'open'], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(program, 'exit').then(() => Promise.reject(new Error('The sandbox did not start.')))
      // It is killed later on, when nobody waits for its start any more.
      ended.catch(() => {})
      const [line] = (await Promise.race([once(createInterface(program.stdout!), 'line'), ended])) as [string]
      return { endpoint: JSON.parse(line).url, region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'x' }, maxAttempts: 1 }
    },
    kill,
    data: () => data,
  }
}
