import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { folder, zipFiles } from './zip'

it('packs files so that they come out again, Vietnamese letters included', () => {
  const files = { 'index.mjs': 'export const handler = async () => "Dế Mèn"\n', 'lib/a.mjs': '' }
  const unpacked = unzipSync(zipFiles(files))
  expect(Object.fromEntries(Object.entries(unpacked).map(([path, bytes]) => [path, strFromU8(bytes)]))).toEqual(files)
})

it('gives equal bytes for equal files, whatever their order', () => {
  expect(zipFiles({ a: '1', b: '2' })).toEqual(zipFiles({ b: '2', a: '1' }))
  expect(zipFiles({ a: '1' })).not.toEqual(zipFiles({ a: '2' }))
})

it('lets Lambda read what it unpacks', () => {
  const zip = Buffer.from(zipFiles({ a: '1' }))
  const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  expect((zip.readUInt32LE(entry + 38) >>> 16) & 0o777).toBe(0o644)
})

it('takes one folder of the files, named as inside it', () => {
  expect(folder({ 'basket/index.mjs': 'a', 'basket/lib/x.mjs': 'b', 'basketball/index.mjs': 'c' }, 'basket')).toEqual({ 'index.mjs': 'a', 'lib/x.mjs': 'b' })
})
