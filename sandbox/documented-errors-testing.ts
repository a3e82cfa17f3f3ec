import { expect, it } from 'vitest'
import type { Service } from './operation'

/** Makes the error happen: a call through the SDK's client that is refused. */
export type Provoke = () => Promise<unknown>

/** What a service's `documented-errors.test.ts` says. A pair is an operation and an error's shape: `GetFunction ResourceNotFoundException`. */
export interface DocumentedErrors {
  service: Service
  /** `documented-errors.json` of the service: error shapes by operation, from AWS's model. */
  documented: Record<string, string[]>
  /** How each pair comes about. */
  provoked: Record<string, Provoke>
  /** Errors (`ServiceException`) or pairs that cannot happen here, each with the reason. */
  never: Record<string, string>
}

/**
 * A test for each provoked pair, and one that every documented error of every operation that the sandbox has
 * is either provoked or said, with a reason, never to happen.
 */
export function itAnswersTheDocumentedErrors({ service, documented, provoked, never }: DocumentedErrors): void {
  const pairs = service.operations.flatMap(({ name }) => (documented[name] ?? []).map((error) => ({ error, pair: `${name} ${error}` })))

  it('accounts for every error that AWS documents', () => {
    const open = pairs.filter(({ error, pair }) => !(pair in provoked) && !(pair in never) && !(error in never)).map(({ pair }) => pair)
    expect(open, 'neither provoked nor said never to happen').toEqual([])
    const known = new Set(pairs.flatMap(({ error, pair }) => [error, pair]))
    expect([...Object.keys(provoked), ...Object.keys(never)].filter((key) => !known.has(key)), 'not documented').toEqual([])
    expect(Object.keys(provoked).filter((pair) => pair in never), 'both provoked and never').toEqual([])
  })

  it.each(Object.entries(provoked))('%s', async (pair, provoke) => {
    const refused = await provoke().then(
      () => undefined,
      (error: { name: string; message: string }) => error,
    )
    expect(refused?.name, refused?.message).toBe(pair.split(' ')[1])
    expect(refused?.message).toMatch(/\S/)
  })
}
