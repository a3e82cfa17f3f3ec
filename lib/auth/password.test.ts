import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password'

test('a password opens its own hash and no other does', async () => {
  const stored = await hashPassword('một mật khẩu dài')
  expect(stored).toMatch(/^\$argon2id\$/)
  expect(await verifyPassword(stored, 'một mật khẩu dài')).toBe(true)
  expect(await verifyPassword(stored, 'một mật khẩu dài ')).toBe(false)
})

test('a password typed on a keyboard that composes diacritics otherwise still opens it', async () => {
  const stored = await hashPassword('mật khẩu'.normalize('NFD'))
  expect(await verifyPassword(stored, 'mật khẩu'.normalize('NFC'))).toBe(true)
})

test('nothing opens an account without a password', async () => {
  expect(await verifyPassword(null, '')).toBe(false)
  expect(await verifyPassword(undefined, 'nobody')).toBe(false)
})
