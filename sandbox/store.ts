import { ClassicLevel } from 'classic-level'

/** Names a kind of record and gives its type; made once per kind with {@link collection}. */
export interface Collection<T> {
  readonly name: string
  /** Never read; carries the record's type. */
  readonly type?: T
}

/** Declares a collection, such as `collection<Role>('iam/roles')`. Names are unique across the sandbox. */
export function collection<T>(name: string): Collection<T> {
  return { name }
}

/** One write of a batch; without `value` it deletes. */
export interface Write {
  collection: Collection<any>
  scope: string
  key: string
  value?: unknown
}

const SEPARATOR = '\0'
/** Sorts after every key that goes on from the same prefix. */
const LAST = '\uffff'

/**
 * The sandbox's memory: typed records on LevelDB, keyed by collection, scope (an account, or `account/region`) and key.
 * A write is with the operating system before its promise resolves, so a killed process loses nothing that it answered.
 */
export class Store {
  readonly #level: ClassicLevel<string, string>
  readonly #locks = new Map<string, Promise<unknown>>()

  private constructor(level: ClassicLevel<string, string>) {
    this.#level = level
  }

  /** Opens the store in a folder, making it where there is none. Fails where another process holds it. */
  static async open(folder: string): Promise<Store> {
    const level = new ClassicLevel<string, string>(folder)
    await level.open()
    return new Store(level)
  }

  async get<T>(of: Collection<T>, scope: string, key: string): Promise<T | undefined> {
    const found = await this.#level.get(address(of, scope, key))
    return found === undefined ? undefined : (JSON.parse(found) as T)
  }

  async put<T>(into: Collection<T>, scope: string, key: string, value: T): Promise<void> {
    await this.#level.put(address(into, scope, key), JSON.stringify(value))
  }

  async delete(from: Collection<unknown>, scope: string, key: string): Promise<void> {
    await this.#level.del(address(from, scope, key))
  }

  /** All or nothing, also across a crash. */
  async batch(writes: Write[]): Promise<void> {
    await this.#level.batch(
      writes.map(({ collection: of, scope, key, value }) =>
        value === undefined
          ? { type: 'del' as const, key: address(of, scope, key) }
          : { type: 'put' as const, key: address(of, scope, key), value: JSON.stringify(value) },
      ),
    )
  }

  /**
   * Records in key order.
   * @param options.prefix only keys that begin so; `after` only keys behind this one; `reverse` last first; `limit` at most so many
   */
  async list<T>(
    of: Collection<T>,
    scope: string,
    options: { prefix?: string; after?: string; reverse?: boolean; limit?: number } = {},
  ): Promise<{ key: string; value: T }[]> {
    const start = address(of, scope, options.prefix ?? '')
    const range: { gt?: string; gte?: string; lt: string } = { gte: start, lt: start + LAST }
    if (options.after !== undefined) {
      if (options.reverse) range.lt = address(of, scope, options.after)
      else {
        delete range.gte
        range.gt = address(of, scope, options.after)
      }
    }
    const entries = await this.#level
      .iterator({ ...range, reverse: options.reverse ?? false, limit: options.limit ?? -1 })
      .all()
    const offset = address(of, scope, '').length
    return entries.map(([key, value]) => ({ key: key.slice(offset), value: JSON.parse(value) as T }))
  }

  /** Scopes of a collection that begin with a prefix: all regions in which an account has functions, say. */
  async scopes(of: Collection<unknown>, prefix: string): Promise<string[]> {
    const start = of.name + SEPARATOR
    const found: string[] = []
    let gte = start + prefix
    for (;;) {
      const [key] = await this.#level.keys({ gte, lt: start + prefix + LAST, limit: 1 }).all()
      if (key === undefined) return found
      const scope = key.slice(start.length, key.indexOf(SEPARATOR, start.length))
      found.push(scope)
      gte = start + scope + SEPARATOR + LAST
    }
  }

  /** Deletes every record of the collection in the scope. */
  async clear(of: Collection<unknown>, scope: string): Promise<void> {
    const start = address(of, scope, '')
    await this.#level.clear({ gte: start, lt: start + LAST })
  }

  /** Runs `work` while no other holder of the same name runs: read, decide and write without interleaving. */
  async lock<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    this.#locks.set(name, settled)
    try {
      return await mine
    } finally {
      if (this.#locks.get(name) === settled) this.#locks.delete(name)
    }
  }

  async close(): Promise<void> {
    await this.#level.close()
  }
}

function address(of: Collection<unknown>, scope: string, key: string): string {
  return of.name + SEPARATOR + scope + SEPARATOR + key
}
