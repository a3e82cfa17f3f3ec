import type { Readable } from 'node:stream'

/** The longest event CloudWatch Logs takes, less its own overhead of 26 bytes. */
export const maxLineBytes = 256 * 1024 - 26

/** Called for each log event; `timestamp` in ms, absent when the line carries none of its own. */
export type OnLine = (message: string, timestamp?: number) => void

/** More than this within so many ms, and a stream rests as long: a flood of output must leave the sandbox time for others. Its writer waits. */
const burstBytes = 256 * 1024
const burstMs = 10

function restAfterBursts(stream: Readable): void {
  let bytes = 0
  let since = 0
  stream.on('data', (chunk: Buffer) => {
    const now = performance.now()
    if (now - since > burstMs) [bytes, since] = [0, now]
    bytes += chunk.length
    if (bytes < burstBytes) return
    bytes = 0
    stream.pause()
    setTimeout(() => stream.resume(), burstMs)
  })
}

/** Cuts raw output (stdout, stderr) into lines; a line longer than an event may be is cut into several. */
export function readLines(stream: Readable, onLine: OnLine): void {
  restAfterBursts(stream)
  let rest: Buffer = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (;;) {
      const newline = rest.indexOf(10, start)
      const end = newline < 0 ? rest.length : newline + 1
      if (newline < 0 && end - start < maxLineBytes) break
      const stop = Math.min(end, start + maxLineBytes)
      onLine(rest.toString('utf8', start, stop))
      start = stop
    }
    rest = rest.subarray(start)
  })
  stream.on('end', () => {
    if (rest.length) onLine(rest.toString())
  })
  stream.on('error', () => {})
}

/**
 * Reads the frames the bootstraps write, which keep a message of many lines together as one event:
 * 4 bytes length of the message, 8 bytes timestamp in ms (both big-endian), the message in UTF-8.
 * The writer is not trusted: a frame longer than an event may be is cut short.
 */
export function readFrames(stream: Readable, onLine: OnLine): void {
  restAfterBursts(stream)
  let rest: Buffer = Buffer.alloc(0)
  let skip = 0
  stream.on('data', (chunk: Buffer) => {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    for (;;) {
      if (skip) {
        const gone = Math.min(skip, rest.length)
        skip -= gone
        rest = rest.subarray(gone)
      }
      if (skip || rest.length < 12) return
      const length = rest.readUInt32BE(0)
      const kept = Math.min(length, maxLineBytes)
      if (rest.length < 12 + kept) return
      const timestamp = Number(rest.readBigUInt64BE(4))
      onLine(rest.toString('utf8', 12, 12 + kept), timestamp)
      rest = rest.subarray(12 + kept)
      skip = length - kept
    }
  })
  stream.on('error', () => {})
}
