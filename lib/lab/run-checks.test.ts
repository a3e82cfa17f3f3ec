import { afterEach, describe, expect, it, vi } from 'vitest'
import { CloudUnavailable } from '@/lib/cloud/errors'
import { check, NotYet, Undecided } from './check'
import { text, type LabContext, type Step } from './define-lab'
import { isStepGreen } from './question'
import { runChecks } from './run-checks'

const words = text('chữ', 'words')
const one = (prove: (context: LabContext) => Promise<any>, id = 'one') => check({ id, title: words, expected: words, looked: words, prove })
const step = (checks: Step['checks'], question?: Step['question']): Step => ({
  id: 's', kind: 'prove', title: words, actions: [], checks, hints: [words, words, words], solve: async () => {}, ...(question && { question }),
})
const base = { accountId: '111122223333', region: 'us-east-1', clients: {} as never, can: () => true }
const run = async (prove: (context: LabContext) => Promise<any>, options = {}) => (await runChecks(step([one(prove)]), base, options))[0]!
const named = (name: string) => Object.assign(new Error(`it says ${name}`), { name })

afterEach(() => vi.restoreAllMocks())

describe('runChecks', () => {
  it('gives green with what was found, red with what to try next', async () => {
    expect(await run(async () => text('có', 'there'))).toMatchObject({ checkId: 'one', status: 'green', found: { en: 'there' } })
    expect(await run(async () => { throw new NotYet(text('chưa', 'not there'), text('tạo', 'create it')) })).toMatchObject({ status: 'red', found: { en: 'not there' }, next: { en: 'create it' } })
    expect(await run(async () => { throw new Undecided(words) })).toMatchObject({ status: 'undecided' })
  })

  it('never blames the learner for its own fault, and tells the operator', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const result = await run(async () => { throw new TypeError('x is undefined') })
    expect(result).toMatchObject({ status: 'error', found: { en: expect.stringContaining('not your fault') } })
    expect(log).toHaveBeenCalledOnce()
  })

  it('says that the sandbox is away, in one clear sentence', async () => {
    const result = await run(async () => { throw new CloudUnavailable('http://127.0.0.1:1', new Error('refused')) })
    expect(result).toMatchObject({ status: 'error', found: { en: 'The AWS sandbox does not answer, so nothing could be checked.' } })
  })

  it('leaves undecided what it may not see, what was throttled and what the backend lacks', async () => {
    for (const name of ['AccessDenied', 'AccessDeniedException', 'ThrottlingException', 'ResourceConflictException', 'NotImplemented']) {
      expect((await run(async () => { throw named(name) })).status, name).toBe('undecided')
    }
  })

  it('stops waiting at the limit and aborts what runs', async () => {
    let signal: AbortSignal | undefined
    const result = await run((context) => { signal = context.signal; return new Promise(() => {}) }, { limitMs: 50 })
    expect(result.status).toBe('undecided')
    expect(signal?.aborted).toBe(true)
  })

  it('runs the checks of a step side by side, with one nonce that is new each time', async () => {
    const nonces: string[] = []
    let waiting = 0
    const meet = async ({ nonce }: LabContext) => {
      nonces.push(nonce)
      waiting += 1
      await vi.waitFor(() => expect(waiting).toBe(2))
      return words
    }
    await runChecks(step([one(meet), one(meet, 'two')]), base)
    expect(nonces[0]).toBe(nonces[1])
    waiting = 0
    await runChecks(step([one(meet), one(meet, 'two')]), base)
    expect(nonces[2]).not.toBe(nonces[0])
  })
})

describe('isStepGreen', () => {
  const question = { ask: words, options: [words, words, words], answers: [0, 2], why: words }
  const green = { checkId: 'one', title: words, status: 'green' as const, expected: words, found: words, looked: words, ms: 1 }

  it('wants every check green and the question answered by exactly the right options', () => {
    const both = step([one(async () => words)], question)
    expect(isStepGreen(both, [green], [2, 0])).toBe(true)
    expect(isStepGreen(both, [green], [0])).toBe(false)
    expect(isStepGreen(both, [green], [0, 1, 2])).toBe(false)
    expect(isStepGreen(both, [green], undefined)).toBe(false)
    expect(isStepGreen(both, [{ ...green, status: 'undecided' }], [0, 2])).toBe(false)
    expect(isStepGreen(both, [], [0, 2])).toBe(false)
  })
})
