import { statfs } from 'node:fs/promises'
import { ClassicLevel } from 'classic-level'
import { MemoryLevel } from 'memory-level'

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

/** The scope of what an account has in a region. */
export function scopeOf({ account, region }: { account: string; region: string }): string {
  return `${account}/${region}`
}

/** The account in a scope. */
export function accountOf(scope: string): string {
  return scope.split('/')[0]!
}

/** One write of a batch; without `value` it deletes. */
export interface Write {
  collection: Collection<any>
  scope: string
  key: string
  value?: unknown
}

/** A range of keys. */
export interface Bounds {
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  reverse?: boolean
  limit?: number
}

const SEPARATOR = '\0'
const VALUES_AT_ONCE = 100
/** Sorts after every key that goes on from the same prefix. */
const LAST = '\uffff'
/** Opening the store anew writes its log out as a table: four megabytes, and some. */
const ROOM_TO_REOPEN = 16 << 20

/**
 * The sandbox's memory: typed records on LevelDB, keyed by collection, scope (an account, or `account/region`) and key.
 * A write is with the operating system before its promise resolves, so a killed process loses nothing that it answered.
 */
export class Store {
  readonly #level: ClassicLevel<string, string>
  readonly #locks = new Map<string, Promise<unknown>>()
  /** Set after a write that failed, until the store was opened anew. */
  #isDoubtful = false
  /** Notes on their way, by collection. */
  readonly #notes = new Map<string, Set<Promise<void>>>()
  #reopening: Promise<void> | undefined
  #isClosed = false

  /** @param folder undefined where it is in memory */
  private constructor(level: ClassicLevel<string, string>, private readonly folder?: string) {
    this.#level = level
  }

  /** Opens the store in a folder, making it where there is none. Fails where another process holds it. */
  static async open(folder: string): Promise<Store> {
    const level = new ClassicLevel<string, string>(folder)
    await level.open()
    return new Store(level, folder)
  }

  /** Opens a store that is nowhere but in memory. */
  static async inMemory(): Promise<Store> {
    const level = new MemoryLevel<string, string>()
    await level.open()
    // Both are abstract-level databases; the methods in use here are the same.
    return new Store(level as unknown as ClassicLevel<string, string>)
  }

  async get<T>(of: Collection<T>, scope: string, key: string): Promise<T | undefined> {
    if (this.#isReopening) await this.#ready()
    // A look into LevelDB takes a fraction of the time that it takes to hand the look to another thread.
    const found = this.#level.getSync(address(of, scope, key))
    return found === undefined ? undefined : (JSON.parse(found) as T)
  }

  async put<T>(into: Collection<T>, scope: string, key: string, value: T): Promise<void> {
    await this.#write(() => this.#level.put(address(into, scope, key), JSON.stringify(value)))
  }

  /** Writes what nobody has to wait for; whoever lists the collection sees it nevertheless. It may be lost when the process is killed. */
  note<T>(into: Collection<T>, scope: string, key: string, value: T): void {
    const note = this.put(into, scope, key, value).catch((error) => console.error(error)).finally(() => notes.delete(note))
    const notes = this.#notes.get(into.name) ?? new Set()
    this.#notes.set(into.name, notes.add(note))
  }

  async delete(from: Collection<unknown>, scope: string, key: string): Promise<void> {
    await this.#write(() => this.#level.del(address(from, scope, key)))
  }

  /** All or nothing, also across a crash. */
  async batch(writes: Write[]): Promise<void> {
    const operations = writes.map(({ collection: of, scope, key, value }) =>
      value === undefined
        ? { type: 'del' as const, key: address(of, scope, key) }
        : { type: 'put' as const, key: address(of, scope, key), value: JSON.stringify(value) },
    )
    await this.#write(() => this.#level.batch(operations))
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
    await this.#ready()
    await Promise.all(this.#notes.get(of.name) ?? [])
    const entries = await this.#level
      .iterator({ ...range, reverse: options.reverse ?? false, limit: options.limit ?? -1 })
      .all()
    const offset = address(of, scope, '').length
    return entries.map(([key, value]) => ({ key: key.slice(offset), value: JSON.parse(value) as T }))
  }

  /** Values whose keys lie within bounds, in key order, read while they are asked for. */
  async *values<T>(of: Collection<T>, scope: string, bounds: Bounds = {}): AsyncGenerator<T> {
    await this.#ready()
    const within = (key: string) => address(of, scope, key)
    const from = bounds.gt === undefined ? { gte: within(bounds.gte ?? '') } : { gt: within(bounds.gt) }
    const to = bounds.lte === undefined ? { lt: bounds.lt === undefined ? within('') + LAST : within(bounds.lt) } : { lte: within(bounds.lte) }
    const iterator = this.#level.values({ ...from, ...to, reverse: bounds.reverse ?? false, limit: bounds.limit ?? -1 })
    try {
      for (let found = await iterator.nextv(VALUES_AT_ONCE); found.length > 0; found = await iterator.nextv(VALUES_AT_ONCE)) {
        for (const value of found) yield JSON.parse(value) as T
      }
    } finally {
      await iterator.close()
    }
  }

  /** Scopes of a collection that begin with a prefix: all regions in which an account has functions, say. */
  async scopes(of: Collection<unknown>, prefix: string): Promise<string[]> {
    await this.#ready()
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

  /** All records of a collection that an account has, over its regions. */
  async ofAccount<T>(of: Collection<T>, account: string): Promise<T[]> {
    const scopes = await this.scopes(of, `${account}/`)
    return (await Promise.all(scopes.map((scope) => this.list(of, scope)))).flat().map(({ value }) => value)
  }

  /** Deletes every record of the collection in the scope. */
  async clear(of: Collection<unknown>, scope: string): Promise<void> {
    const start = address(of, scope, '')
    await this.#write(() => this.#level.clear({ gte: start, lt: start + LAST }))
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
    this.#isClosed = true
    await Promise.all([...this.#notes.values()].flatMap((notes) => [...notes]))
    await this.#reopening?.catch(() => undefined)
    await this.#level.close()
  }

  /**
   * A write that failed (a full disk) may have left half a record at the end of LevelDB's log, and what is written behind it
   * would be lost at the next start. Opening the store anew begins a new log.
   */
  async #write(work: () => Promise<void>): Promise<void> {
    if (this.#isDoubtful && !this.#isClosed) {
      const { bavail, bsize } = await statfs(this.folder!)
      if (bavail * bsize < ROOM_TO_REOPEN) throw new Error(`The data folder ${this.folder} has no room left for a write.`)
      await this.#reopen()
    }
    await this.#ready()
    try {
      await work()
    } catch (error) {
      if (this.folder !== undefined) this.#isDoubtful = true
      throw error
    }
  }

  get #isReopening(): boolean {
    return this.#reopening !== undefined || this.#level.status !== 'open'
  }

  /** Reading goes on while the disk is full; only where opening anew failed it must be tried again. */
  async #ready(): Promise<void> {
    await this.#reopening
    if (this.#level.status === 'closed' && !this.#isClosed) await this.#reopen()
  }

  async #reopen(): Promise<void> {
    this.#reopening ??= (async () => {
      await this.#level.close()
      await this.#level.open()
      this.#isDoubtful = false
    })().finally(() => {
      this.#reopening = undefined
    })
    await this.#reopening
  }
}

function address(of: Collection<unknown>, scope: string, key: string): string {
  return of.name + SEPARATOR + scope + SEPARATOR + key
}
