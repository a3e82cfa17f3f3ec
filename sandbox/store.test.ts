import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { collection, Store } from './store'

const books = collection<{ title: string }>('books')
const folder = mkdtempSync(join(tmpdir(), 'store-'))
let store: Store
beforeAll(async () => {
  store = await Store.open(folder)
})
afterAll(() => store.close())

it('gives back what was put, by scope', async () => {
  await store.put(books, 'a', '1', { title: 'One' })
  expect(await store.get(books, 'a', '1')).toEqual({ title: 'One' })
  expect(await store.get(books, 'b', '1')).toBeUndefined()
})

it('lists in key order, from a key on, by prefix and backwards', async () => {
  for (const key of ['x1', 'x2', 'x3', 'y1']) await store.put(books, 'list', key, { title: key })
  const keys = async (options?: Parameters<Store['list']>[2]) => (await store.list(books, 'list', options)).map(({ key }) => key)
  expect(await keys()).toEqual(['x1', 'x2', 'x3', 'y1'])
  expect(await keys({ prefix: 'x', after: 'x1' })).toEqual(['x2', 'x3'])
  expect(await keys({ after: 'x2', limit: 1 })).toEqual(['x3'])
  expect(await keys({ reverse: true, after: 'x3' })).toEqual(['x2', 'x1'])
})

it('reads values within bounds, many or few, and lets go of them early', async () => {
  const keys = Array.from({ length: 250 }, (_, i) => `k${String(i).padStart(3, '0')}`)
  await store.batch(keys.map((key) => ({ collection: books, scope: 'values', key, value: { title: key } })))
  const titles = async (bounds?: Parameters<Store['values']>[2]) => {
    const found: string[] = []
    for await (const { title } of store.values(books, 'values', bounds)) found.push(title)
    return found
  }
  expect(await titles()).toEqual(keys)
  expect(await titles({ gt: 'k000', lte: 'k003' })).toEqual(['k001', 'k002', 'k003'])
  expect(await titles({ gte: 'k001', lt: 'k003', reverse: true })).toEqual(['k002', 'k001'])
  expect(await titles({ limit: 1, reverse: true })).toEqual(['k249'])
  for await (const { title } of store.values(books, 'values')) {
    expect(title).toBe('k000')
    break
  }
})

it('names the scopes that hold something', async () => {
  for (const scope of ['111/us-east-1', '111/eu-west-1', '222/us-east-1']) await store.put(books, scope, 'k', { title: scope })
  expect(await store.scopes(books, '111/')).toEqual(['111/eu-west-1', '111/us-east-1'])
})

it('runs what holds one lock one after the other, also behind a failure', async () => {
  const order: string[] = []
  const slow = (name: string, ms: number, fails = false) =>
    store.lock('same', async () => {
      await new Promise((resolve) => setTimeout(resolve, ms))
      order.push(name)
      if (fails) throw new Error(name)
    })
  const first = slow('first', 20, true)
  const second = slow('second', 0)
  await expect(first).rejects.toThrow('first')
  await second
  expect(order).toEqual(['first', 'second'])
})

it('is held by one process only', async () => {
  await expect(Store.open(folder)).rejects.toMatchObject({ cause: { code: 'LEVEL_LOCKED' } })
})

it('shows a note to whoever lists, and keeps it when it closes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const store = await Store.open(folder)
  store.note(books, 'a', 'noted', { title: 'One' })
  expect(await store.list(books, 'a')).toEqual([{ key: 'noted', value: { title: 'One' } }])
  store.note(books, 'a', 'last', { title: 'Two' })
  await store.close()
  const again = await Store.open(folder)
  expect((await again.list(books, 'a')).map(({ key }) => key)).toEqual(['last', 'noted'])
  await again.close()
  rmSync(folder, { recursive: true })
})
