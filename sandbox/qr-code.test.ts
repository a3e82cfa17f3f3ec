import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { qrCodePng } from './qr-code'

/** The modules of a code from its picture, without the quiet zone. */
function modulesOf(png: Buffer): string[] {
  const side = png.readUInt32BE(16)
  const pixels = inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8))
  const size = side / 4 - 8
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => (pixels[(4 * (y + 4) + 1) * (side + 1) + 1 + 4 * (x + 4) + 1] === 0 ? '#' : '.')).join(''))
}

describe('a QR code', () => {
  it('is as wide as its text needs, with the three corners that readers look for', () => {
    for (const [bytes, size] of [[17, 21], [18, 25], [78, 33], [154, 45], [155, 49], [858, 97]] as const) {
      const modules = modulesOf(qrCodePng('x'.repeat(bytes)))
      expect(modules).toHaveLength(size)
      const corner = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']
      expect(modules.slice(0, 7).map((row) => row.slice(0, 7))).toEqual(corner)
      expect(modules.slice(0, 7).map((row) => row.slice(-7))).toEqual(corner)
      expect(modules.slice(-7).map((row) => row.slice(0, 7))).toEqual(corner)
    }
  })

  it('is this one for a known text, as a reader of another make reads it', () => {
    expect(modulesOf(qrCodePng('Worklab'))).toEqual(KNOWN)
  })

  it('is refused for a text that is too long', () => {
    expect(() => qrCodePng('x'.repeat(859))).toThrow(RangeError)
  })
})

const KNOWN = [
  '#######..#.##.#######',
  '#.....#.##.#..#.....#',
  '#.###.#.##..#.#.###.#',
  '#.###.#..#.#..#.###.#',
  '#.###.#.#...#.#.###.#',
  '#.....#.#..##.#.....#',
  '#######.#.#.#.#######',
  '........#####........',
  '##.#..##.##...###.##.',
  '...##...#.#...##..###',
  '..#####.##..##...#..#',
  '#.#.#..#.###...###...',
  '##.#..##..#.#.#.##.##',
  '........#..#...#.#.#.',
  '#######.##...#.###.#.',
  '#.....#..#####......#',
  '#.###.#..###..#.....#',
  '#.###.#.#..#...##.###',
  '#.###.#...#.#..###..#',
  '#.....#.#....####....',
  '#######.#..##..#.#.#.',
]
