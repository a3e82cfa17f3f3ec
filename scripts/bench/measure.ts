import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long `work` takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** The value below which the share `q` of all values lies. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!
}

/** The value in the middle. */
export function median(values: number[]): number {
  return quantile(values, 0.5)
}

/** The least that a program can take: it starts and ends, in ms. */
export function processStart(program: string, args: string[]): Promise<number> {
  return timed(
    () =>
      new Promise<void>((resolve, reject) => {
        spawn(program, args, { stdio: 'ignore' }).once('exit', () => resolve()).once('error', reject)
      }),
  )
}

/** The floor of every Node program of these measurements, in ms. */
export const nodeStart = () => processStart(process.execPath, ['-e', '0'])

/** The least that an HTTP server can do: it gives back what came. */
export async function echoServer(): Promise<{ call(): Promise<unknown>; close(): void }> {
  const server = createServer((request, response) => request.pipe(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    call: () => fetch(url).then((response) => response.text()),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
