import { expect, test } from 'vitest'
import { Checker, type ChecksAnswer } from './checker'
import type { OutcomeView } from './lab-view'

const outcome = (status: OutcomeView['status']): OutcomeView => {
  const text = { vi: status, en: status }
  return { checkId: 'one', title: text, status, expected: text, found: text, looked: text }
}
const answer = (status: OutcomeView['status'], at: string): ChecksAnswer => ({ ok: true, outcomes: [outcome(status)], at })

test('the last verdict stays while a new one is looked for', async () => {
  let finish = (_: ChecksAnswer) => {}
  const checker = new Checker({ byStep: { do: { outcomes: [outcome('green')], at: '1' } } }, () => new Promise((resolve) => (finish = resolve)))
  const run = checker.run('do')
  expect(checker.getState().running?.stepId).toBe('do')
  expect(checker.getState().byStep.do?.outcomes[0]?.status).toBe('green')
  finish(answer('red', '2'))
  expect(await run).toBe(true)
  expect(checker.getState()).toEqual({ byStep: { do: { outcomes: [outcome('red')], at: '2' } } })
})

test('a newer run overtakes an older one, whose answer is not shown', async () => {
  const finish: ((answer: ChecksAnswer) => void)[] = []
  const checker = new Checker({ byStep: {} }, () => new Promise((resolve) => finish.push(resolve)))
  const [older, newer] = [checker.run('do'), checker.run('do')]
  finish[1]!(answer('green', '2'))
  finish[0]!(answer('red', '1'))
  expect(await Promise.all([older, newer])).toEqual([false, true])
  expect(checker.getState().byStep.do).toEqual({ outcomes: [outcome('green')], at: '2' })
})

test('why nothing was checked is told, and the verdicts stay', async () => {
  const checker = new Checker({ byStep: { do: { outcomes: [outcome('green')], at: '1' } } }, async () => ({ ok: false, refused: 'session' }))
  expect(await checker.run('do')).toBe(false)
  expect(checker.getState()).toMatchObject({ refused: 'session', byStep: { do: { at: '1' } } })
})
