import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { maxLineBytes, readFrames, readLines } from './log-reader'

const frame = (message: string, timestamp: number) => {
  const bytes = Buffer.alloc(12 + Buffer.byteLength(message))
  bytes.writeUInt32BE(Buffer.byteLength(message), 0)
  bytes.writeBigUInt64BE(BigInt(timestamp), 4)
  bytes.write(message, 12)
  return bytes
}

it('cuts output into lines however it arrives, and gives the last one without a newline too', async () => {
  const stream = new PassThrough()
  const lines: string[] = []
  readLines(stream, (line) => lines.push(line))
  for (const part of ['on', 'e\ntw', 'o\n\nthr', 'ee']) stream.write(part)
  stream.end()
  await new Promise((resolve) => stream.on('close', resolve))
  expect(lines).toEqual(['one\n', 'two\n', '\n', 'three'])
})

it('cuts a line that is longer than an event may be', async () => {
  const stream = new PassThrough()
  const lengths: number[] = []
  readLines(stream, (line) => lengths.push(line.length))
  stream.end('x'.repeat(maxLineBytes + 10) + '\n')
  await new Promise((resolve) => stream.on('close', resolve))
  expect(lengths).toEqual([maxLineBytes, 11])
})

it('keeps a framed message of many lines as one event with its time', async () => {
  const stream = new PassThrough()
  const events: unknown[] = []
  readFrames(stream, (message, timestamp) => events.push([message, timestamp]))
  for (const byte of Buffer.concat([frame('a\nb\n', 5), frame('', 6), frame('ü', 7)])) stream.write(Buffer.from([byte]))
  await new Promise((resolve) => setImmediate(resolve))
  expect(events).toEqual([['a\nb\n', 5], ['', 6], ['ü', 7]])
})

it('cuts a frame that is too long and goes on after it', async () => {
  const stream = new PassThrough()
  const lengths: number[] = []
  readFrames(stream, (message) => lengths.push(message.length))
  stream.write(Buffer.concat([frame('x'.repeat(maxLineBytes + 100_000), 1), frame('next', 2)]))
  await new Promise((resolve) => setImmediate(resolve))
  expect(lengths).toEqual([maxLineBytes, 4])
})

it('takes a flood of output a burst at a time, and all of it', async () => {
  const stream = new PassThrough()
  let bytes = 0
  readLines(stream, (line) => (bytes += line.length))
  // Other work of the process gets its turn between the bursts.
  let turns = 0
  const turn = setInterval(() => (turns += 1), 0)
  stream.end(('x'.repeat(1023) + '\n').repeat(2048))
  await new Promise((resolve) => stream.on('close', resolve))
  expect(bytes).toBe(2048 * 1024)
  const frames = new PassThrough()
  let messages = 0
  readFrames(frames, () => (messages += 1))
  for (let i = 0; i < 8; i++) frames.write(frame('x'.repeat(maxLineBytes), i))
  frames.end()
  await new Promise((resolve) => frames.on('close', resolve))
  clearInterval(turn)
  expect(messages).toBe(8)
  expect(turns).toBeGreaterThan(5)
})
