import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

export const root = join(import.meta.dirname, '../..')

const START_WITHIN_MS = 60_000
const ENDS_WITHIN_MS = 8000

/** A program that runs beside this one. */
export interface Program {
  pid: number
  /** Asks it to end, and ends it where it does not. */
  end(): Promise<void>
}

/** Starts a server and waits until `healthUrl` answers 200. @throws where it ends or a minute passes before */
export async function startServer(command: string, args: string[], env: Record<string, string>, healthUrl: string): Promise<Program> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'ignore' })
  const program = ending(child)
  const until = performance.now() + START_WITHIN_MS
  for (;;) {
    const isUp = await fetch(healthUrl).then((response) => response.ok, () => false)
    if (isUp) return program
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw new Error(`${command} ended before it answered.`)
    if (performance.now() > until) {
      await program.end()
      throw new Error(`${command} did not answer within a minute.`)
    }
    await sleep(5)
  }
}

/** Starts a Node program and waits for the line that names its URL. @throws where it ends before */
export async function startNode(args: string[], env: Record<string, string>, ready: RegExp): Promise<Program & { url: string }> {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const program = ending(child)
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => ready.test(line) && resolve(ready.exec(line)![1]!))
    child.once('exit', () => reject(new Error(`node ${args.join(' ')} ended before it was ready.`)))
  })
  return { ...program, url }
}

function ending(child: ChildProcess): Program {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  return {
    pid: child.pid ?? 0,
    async end() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Resident memory of a program and all that it started, by process, shared pages shared out (Pss), in MB. Linux only: empty elsewhere. */
export function memoryOf(pid: number): { command: string; megabytes: number }[] {
  if (!existsSync('/proc/self/smaps_rollup')) return []
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const ppid = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1])
      return [{ pid: Number(name), ppid }]
    } catch {
      return [] // It ended meanwhile.
    }
  })
  const inside = new Set([pid])
  for (let size = 0; size !== inside.size; ) {
    size = inside.size
    for (const process of processes) if (inside.has(process.ppid)) inside.add(process.pid)
  }
  return [...inside].flatMap((member) => {
    try {
      const command = readFileSync(`/proc/${member}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${member}/smaps_rollup`, 'utf8'))!
      return [{ command, megabytes: Number(kilobytes) / 1024 }]
    } catch {
      return []
    }
  })
}

/** All of {@link memoryOf} together, in MB; undefined where the machine does not tell. */
export function totalMemory(pid: number): number | undefined {
  const parts = memoryOf(pid)
  return parts.length === 0 ? undefined : parts.reduce((sum, { megabytes }) => sum + megabytes, 0)
}
