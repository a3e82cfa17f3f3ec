/** Those of one account: at work and waiting. */
interface Line {
  running: number
  waiting: (() => void)[]
}

/** Bounds what goes on at once, in all and of each account; accounts that wait have their turns one after the other. */
export class FairTurns {
  #running = 0
  /** The account that waits longest for a turn comes first. */
  readonly #lines = new Map<string, Line>()

  /** @param most at once; `mostOfOne` of one account, so that work that hangs does not hold up others */
  constructor(
    private readonly most: number,
    private readonly mostOfOne: number,
  ) {}

  /** Runs work when it is the account's turn. */
  async run<T>(account: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(account) ?? { running: 0, waiting: [] }
    this.#lines.set(account, line)
    if (this.#running < this.most && line.running < this.mostOfOne) this.#start(account, line)
    else await new Promise<void>((resolve) => line.waiting.push(resolve))
    try {
      return await work()
    } finally {
      this.#running -= 1
      line.running -= 1
      this.#next()
      if (line.running === 0 && line.waiting.length === 0) this.#lines.delete(account)
    }
  }

  #start(account: string, line: Line): void {
    this.#running += 1
    line.running += 1
    this.#lines.delete(account)
    this.#lines.set(account, line)
  }

  #next(): void {
    if (this.#running >= this.most) return
    for (const [account, line] of this.#lines) {
      if (line.waiting.length === 0 || line.running >= this.mostOfOne) continue
      this.#start(account, line)
      return line.waiting.shift()!()
    }
  }
}
