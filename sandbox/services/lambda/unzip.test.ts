import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unzip } from './unzip'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const zip = (files: Zippable) => Buffer.from(zipSync(files))
const unix = (mode: number) => ({ os: 3, attrs: (mode << 16) >>> 0 })
const link = (target: string) => [strToU8(target), unix(0o120777)] as const
const broken = 'Could not unzip uploaded file. Please check your file, then try to upload again.'

it('unpacks files and folders, readable and executable where they were', async () => {
  await unzip(zip({ 'a.js': strToU8('a'), 'bin/run': [strToU8('#!'), unix(0o100711)], 'secret.txt': [strToU8('s'), unix(0o100600)], 'empty/': new Uint8Array() }), folder)
  expect(readFileSync(join(folder, 'a.js'), 'utf8')).toBe('a')
  expect(statSync(join(folder, 'bin/run')).mode & 0o777).toBe(0o755)
  expect(statSync(join(folder, 'secret.txt')).mode & 0o777).toBe(0o644)
  expect(statSync(join(folder, 'empty')).isDirectory()).toBe(true)
})

it('keeps links that stay inside', async () => {
  await unzip(zip({ 'lib/tool.js': strToU8('t'), 'bin/tool': [...link('../lib/tool.js')] }), folder)
  expect(readlinkSync(join(folder, 'bin/tool'))).toBe('../lib/tool.js')
  expect(readFileSync(join(folder, 'bin/tool'), 'utf8')).toBe('t')
})

it.each<[string, Zippable]>([
  ['a path that climbs out', { '../evil': strToU8('x') }],
  ['an absolute path', { '/evil': strToU8('x') }],
  ['a path with a backslash', { 'a\\..\\evil': strToU8('x') }],
  ['a link that climbs out', { 'a/l': [...link('../../evil')] }],
  ['an absolute link', { l: [...link('/etc/passwd')] }],
  ['a link that climbs after going down', { 'd/e/f': strToU8('x'), l: [...link('d/../..')] }],
  ['a file through a link', { l: [...link('d')], 'l/x': strToU8('x'), 'd/y': strToU8('y') }],
  ['a file where a folder is', { a: strToU8('x'), 'a/b': strToU8('x') }],
])('refuses %s', async (_, files) => {
  await expect(unzip(zip(files), folder)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: broken })
  expect(existsSync(join(folder, '..', 'evil'))).toBe(false)
})

it('refuses what is cut short or altered', async () => {
  const whole = zip({ 'a.js': strToU8('a'.repeat(5000)) })
  await expect(unzip(whole.subarray(0, whole.length - 10), folder)).rejects.toMatchObject({ message: broken })
  const altered = Buffer.from(whole)
  altered.fill(0xff, 40, 50)
  await expect(unzip(altered, folder)).rejects.toMatchObject({ message: broken })
})

it('stops a bomb at the limit, whatever its size claims to be', async () => {
  const many = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`f${i}`, new Uint8Array(50_000_000)]))
  await expect(unzip(zip(many), folder)).rejects.toMatchObject({ message: 'Unzipped size must be smaller than 262144000 bytes' })
  const liar = zip({ f: new Uint8Array(2_000_000) })
  // The central directory's claim of the inflated size, made small.
  liar.writeUInt32LE(10, liar.indexOf('PK\x01\x02') + 24)
  await expect(unzip(liar, mkdtempSync(join(folder, 'x')))).rejects.toMatchObject({ message: broken })
})
