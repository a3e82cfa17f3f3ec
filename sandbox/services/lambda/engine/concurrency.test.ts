import { expect, it } from 'vitest'
import { Concurrency } from './concurrency'
import type { FunctionSpec } from './types'

const spec = (functionArn: string, reservedConcurrency?: number) => ({ account: '1', region: 'r', functionArn, reservedConcurrency }) as FunctionSpec

it('gives a place back once an invocation is over', () => {
  const concurrency = new Concurrency(1)
  const giveBack = concurrency.take(spec('a'))
  expect(() => concurrency.take(spec('b'))).toThrow('Rate Exceeded.')
  giveBack()
  expect(() => concurrency.take(spec('b'))).not.toThrow()
})

it('takes what is reserved for one function from the others', () => {
  const concurrency = new Concurrency(3)
  concurrency.take(spec('reserved', 2))()
  concurrency.take(spec('a'))
  expect(() => concurrency.take(spec('b'))).toThrow()
  expect(() => concurrency.take(spec('reserved', 2))).not.toThrow()
  concurrency.forget('reserved')
  expect(() => concurrency.take(spec('b'))).not.toThrow()
})
