import { crc32, deflateSync } from 'node:zlib'

/** Error correction level L, versions 1 to 20: check bytes of a block, and blocks (ISO/IEC 18004, table 9). */
const CHECK_BYTES = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28]
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8]
const QUIET_ZONE = 4
const PIXELS_PER_MODULE = 4

/** What is drawn: dark or light; undefined where the data goes. */
type Grid = (boolean | undefined)[][]

/** A text as a QR code, a PNG in black and white. @throws RangeError for more than 858 bytes */
export function qrCodePng(text: string): Buffer {
  const modules = qrCode(Buffer.from(text, 'utf8'))
  const side = (modules.length + 2 * QUIET_ZONE) * PIXELS_PER_MODULE
  const rows = Buffer.concat(
    Array.from({ length: side }, (_, y) => {
      const row = Buffer.alloc(1 + side, 255)
      row[0] = 0
      for (let x = 0; x < side; x++) if (modules[Math.floor(y / PIXELS_PER_MODULE) - QUIET_ZONE]?.[Math.floor(x / PIXELS_PER_MODULE) - QUIET_ZONE]) row[1 + x] = 0
      return row
    }),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // Eight bits of grey, no interlacing.
  header[8] = 8
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const [length, body, check] = [Buffer.alloc(4), Buffer.concat([Buffer.from(type), data]), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** The modules of the code, dark ones true. */
function qrCode(data: Buffer): boolean[][] {
  const version = BLOCKS.findIndex((_, i) => headerBytes(i + 1) + data.length <= dataBytes(i + 1)) + 1
  if (version === 0) throw new RangeError(`${data.length} bytes are too many for a QR code.`)
  const grid: Grid = Array.from({ length: sizeOf(version) }, () => Array<undefined>(sizeOf(version)).fill(undefined))
  drawPatterns(grid, version)
  const free = grid.map((row) => row.map((module) => module === undefined))
  drawData(grid, codewords(data, version))
  // Of the eight masks the one with the least that a reader could stumble over.
  const masked = MASKS.map((mask, number) => {
    const copy = grid.map((row, y) => row.map((dark, x) => (free[y]![x] ? dark !== mask(x, y) : dark!)))
    drawFormat(copy, number)
    return copy
  })
  return masked.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

function sizeOf(version: number): number {
  return 17 + 4 * version
}

/** Mode, four bits, and length, eight or sixteen; and the end. */
function headerBytes(version: number): number {
  return version < 10 ? 2 : 3
}

function allBytes(version: number): number {
  const count = alignmentsOf(version).length
  const alignment = count === 0 ? 0 : 25 * count * count - 10 * count - 55
  const bits = (16 * version + 128) * version + 64 - alignment - (version >= 7 ? 36 : 0)
  return Math.floor(bits / 8)
}

function dataBytes(version: number): number {
  return allBytes(version) - CHECK_BYTES[version - 1]! * BLOCKS[version - 1]!
}

/** Mode, length, text and filling, in blocks with their check bytes, interleaved. */
function codewords(data: Buffer, version: number): number[] {
  const length = data.length.toString(2).padStart(version < 10 ? 8 : 16, '0')
  const bits = `0100${length}${[...data].map((byte) => byte.toString(2).padStart(8, '0')).join('')}0000`
  const bytes = bits.match(/.{8}/g)!.map((eight) => Number.parseInt(eight, 2))
  for (let filler = 0xec; bytes.length < dataBytes(version); filler ^= 0xec ^ 0x11) bytes.push(filler)
  const count = BLOCKS[version - 1]!
  const short = Math.floor(bytes.length / count)
  const longOnes = bytes.length % count
  let from = 0
  const blocks = Array.from({ length: count }, (_, i) => {
    const block = bytes.slice(from, (from += short + (i >= count - longOnes ? 1 : 0)))
    return { block, check: checkBytes(block, CHECK_BYTES[version - 1]!) }
  })
  const column = (lists: number[][]) => Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat()
  return [...column(blocks.map(({ block }) => block)), ...column(blocks.map(({ check }) => check))]
}

/** Product in the field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d)
    product ^= ((b >> bit) & 1) * a
  }
  return product
}

/** Reed-Solomon: what is left of the block divided by the generator of that degree. */
function checkBytes(block: number[], degree: number): number[] {
  const generator = Array<number>(degree).fill(0)
  generator[degree - 1] = 1
  let root = 1
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) generator[j] = times(generator[j]!, root) ^ (generator[j + 1] ?? 0)
    root = times(root, 2)
  }
  const rest = Array<number>(degree).fill(0)
  for (const byte of block) {
    const factor = byte ^ rest.shift()!
    rest.push(0)
    generator.forEach((coefficient, i) => (rest[i]! ^= times(coefficient, factor)))
  }
  return rest
}

function alignmentsOf(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => sizeOf(version) - 7 - i * step).reverse()]
}

function drawPatterns(grid: Grid, version: number): void {
  const size = grid.length
  const square = (x: number, y: number, radius: number, isDark: (distance: number) => boolean) => {
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) if (inside(size, x + dx, y + dy)) grid[y + dy]![x + dx] = isDark(Math.max(Math.abs(dx), Math.abs(dy)))
  }
  for (let i = 0; i < size; i++) grid[6]![i] = grid[i]![6] = i % 2 === 0
  const places = alignmentsOf(version)
  const last = places.length - 1
  places.forEach((x, i) =>
    places.forEach((y, j) => {
      const isFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)
      if (!isFinder) square(x, y, 2, (distance) => distance !== 1)
    }),
  )
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) square(x, y, 4, (distance) => distance !== 2 && distance !== 4)
  // Reserved until the mask is known.
  drawFormat(grid, 0)
  if (version < 7) return
  const bits = (version << 12) | remainder(version, 12, 0x1f25)
  for (let i = 0; i < 18; i++) {
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)]
    grid[near]![far] = grid[far]![near] = ((bits >> i) & 1) === 1
  }
}

function inside(size: number, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < size && y < size
}

/** The check bits of a number, so many, by a generator. */
function remainder(value: number, bits: number, generator: number): number {
  let rest = value
  for (let i = 0; i < bits; i++) rest = (rest << 1) ^ ((rest >> (bits - 1)) * generator)
  return rest
}

/** Level L and the mask's number, twice. */
function drawFormat(grid: Grid, mask: number): void {
  const size = grid.length
  const format = (1 << 3) | mask
  const bits = ((format << 10) | remainder(format, 10, 0x537)) ^ 0x5412
  const bit = (i: number) => ((bits >> i) & 1) === 1
  for (let i = 0; i < 15; i++) {
    const row = i < 6 ? i : i < 8 ? i + 1 : undefined
    if (row !== undefined) grid[row]![8] = bit(i)
    else grid[8]![i === 8 ? 7 : 14 - i] = bit(i)
    if (i < 8) grid[8]![size - 1 - i] = bit(i)
    else grid[size - 15 + i]![8] = bit(i)
  }
  grid[size - 8]![8] = true
}

/** Bits from the lower right corner, in columns of two, up and down in turn, past what is drawn. */
function drawData(grid: Grid, bytes: number[]): void {
  const size = grid.length
  let i = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const isUpward = ((right + 1) & 2) === 0
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (grid[y]![x] !== undefined) continue
        grid[y]![x] = (((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) === 1
        i++
      }
    }
  }
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** Long runs, blocks of four, what looks like a corner's pattern, and too much of one shade. */
function penalty(modules: boolean[][]): number {
  const lines = [...modules, ...modules.map((_, x) => modules.map((row) => row[x]!))].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''))
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0)
  const corners = lines.reduce((sum, line) => sum + [...line.matchAll(/(?=00001011101|10111010000)/g)].length, 0)
  let squares = 0
  for (let y = 1; y < modules.length; y++) {
    for (let x = 1; x < modules.length; x++) if (new Set([modules[y]![x], modules[y - 1]![x], modules[y]![x - 1], modules[y - 1]![x - 1]]).size === 1) squares++
  }
  const dark = modules.flat().filter(Boolean).length / modules.length ** 2
  return runs + 40 * corners + 3 * squares + 10 * Math.floor(Math.abs(dark - 0.5) * 20)
}
