import { expect, it } from 'vitest'
import { FairTurns } from './fair-turns'

/** Work that lasts until it is told to end. */
function lasting() {
  let end!: () => void
  const done = new Promise<void>((resolve) => (end = resolve))
  return { done, end }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

it('runs no more at once than it may, in all and of one account', async () => {
  const turns = new FairTurns(3, 2)
  const work = lasting()
  const running: string[] = []
  const all = ['a', 'a', 'a', 'b', 'c'].map((account) => turns.run(account, () => (running.push(account), work.done)))
  await soon()
  expect(running).toEqual(['a', 'a', 'b'])
  work.end()
  await Promise.all(all)
  expect(running.sort()).toEqual(['a', 'a', 'a', 'b', 'c'])
})

it('lets an account with little to do in between those of one with much', async () => {
  const turns = new FairTurns(1, 1)
  const order: string[] = []
  const run = (account: string) => turns.run(account, async () => void order.push(account))
  const much = Array.from({ length: 10 }, () => run('much'))
  await Promise.all([...much, run('little')])
  expect(order.indexOf('little')).toBeLessThan(3)
})

it('goes on after work that failed', async () => {
  const turns = new FairTurns(1, 1)
  await expect(turns.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.run('b', async () => 'done')).toBe('done')
})
