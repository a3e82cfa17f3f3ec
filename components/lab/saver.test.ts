import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Saver, type SaveAnswer } from './saver'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const saved = (version: string, replaced = false): SaveAnswer => ({ ok: true, version, replaced })

test('what is typed in one go is saved once, on top of the version it was typed on', async () => {
  const send = vi.fn(async () => saved('2'))
  const saver = new Saver('1', send)
  saver.change({ files: { a: 'x' } })
  saver.change({ files: { a: 'xy' }, step: 'do' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(send).toHaveBeenCalledExactlyOnceWith({ files: { a: 'xy' }, step: 'do', base: '1' }, false)
  expect(saver.getState()).toEqual({ status: 'saved', replaced: false })
  expect(saver.isBehind('2')).toBe(false)
  expect(saver.isBehind('3')).toBe(true)
})

test('what did not get through is kept and sent again, with what was typed since', async () => {
  const send = vi.fn<(body: object) => Promise<SaveAnswer>>().mockRejectedValueOnce(new TypeError('offline')).mockResolvedValue(saved('2'))
  const saver = new Saver('1', send)
  saver.change({ files: { a: 'x' } })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saver.getState()).toMatchObject({ status: 'waiting', refused: 'offline' })
  saver.change({ step: 'do' })
  await vi.advanceTimersByTimeAsync(6_000)
  expect(send).toHaveBeenLastCalledWith({ files: { a: 'x' }, step: 'do', base: '1' }, false)
  expect(saver.getState()).toEqual({ status: 'saved', replaced: false })
})

test('one who replaced files from elsewhere is told until it is dismissed', async () => {
  const saver = new Saver('1', async () => saved('2', true))
  saver.change({ files: { a: 'x' } })
  expect(await saver.flush()).toBe(true)
  expect(saver.getState().replaced).toBe(true)
  saver.dismiss()
  expect(saver.getState().replaced).toBe(false)
})

test('leaving the page sends at once what is not saved yet', async () => {
  const send = vi.fn(async () => saved('2'))
  const saver = new Saver('1', send)
  saver.change({ files: { a: 'x' } })
  await saver.flush(true)
  expect(send).toHaveBeenCalledExactlyOnceWith({ files: { a: 'x' }, base: '1' }, true)
})
