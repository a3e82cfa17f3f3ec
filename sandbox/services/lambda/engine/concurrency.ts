import { TooManyRequests, type FunctionSpec } from './types'

/**
 * Counts the invocations that run, per account and region and per function.
 * A function with reserved concurrency has that much for itself; the others share what the account has left.
 */
export class Concurrency {
  readonly #limit: number
  readonly #running = new Map<string, number>()
  /** Functions of one account and region that hold a reservation, as last seen. */
  readonly #reserved = new Map<string, Map<string, number>>()

  /** Places that provisioned versions of functions without a reservation hold, by version, per account and region. */
  readonly #provisioned = new Map<string, Map<string, number>>()

  /** @param limit invocations at once in an account and region */
  constructor(limit: number) {
    this.#limit = limit
  }

  /**
   * Takes a place for one invocation.
   * @returns gives the place back
   * @throws TooManyRequests when there is none
   */
  take(spec: FunctionSpec): () => void {
    const pool = `${spec.account}:${spec.region}`
    this.#note(pool, spec)
    const own = spec.reservedConcurrency
    const key = own === undefined ? pool : spec.functionArn
    const running = this.#running.get(key) ?? 0
    if (own !== undefined && running >= own) throw new TooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded')
    if (own === undefined && running >= this.#limit - sum(this.#reserved.get(pool)) - sum(this.#provisioned.get(pool))) throw new TooManyRequests('ConcurrentInvocationLimitExceeded')
    this.#running.set(key, running + 1)
    return () => {
      const left = this.#running.get(key)! - 1
      if (left) this.#running.set(key, left)
      else this.#running.delete(key)
    }
  }

  /** Forgets what was reserved for a function that is no more. */
  forget(functionArn: string): void {
    for (const functions of this.#reserved.values()) functions.delete(functionArn)
  }

  /** Keeps places of the account's pool for a provisioned version; a function's own reservation already covers its versions. */
  provision(spec: FunctionSpec, wanted: number): void {
    const pool = `${spec.account}:${spec.region}`
    const versions = this.#provisioned.get(pool) ?? new Map<string, number>()
    this.#provisioned.set(pool, versions)
    const key = `${spec.functionArn}:${spec.version}`
    if (wanted === 0 || spec.reservedConcurrency !== undefined) versions.delete(key)
    else versions.set(key, wanted)
  }

  #note(pool: string, { functionArn, reservedConcurrency }: FunctionSpec): void {
    const functions = this.#reserved.get(pool) ?? new Map<string, number>()
    this.#reserved.set(pool, functions)
    if (reservedConcurrency === undefined) functions.delete(functionArn)
    else functions.set(functionArn, reservedConcurrency)
  }

}

function sum(counts: Map<string, number> | undefined): number {
  return [...(counts?.values() ?? [])].reduce((total, n) => total + n, 0)
}
