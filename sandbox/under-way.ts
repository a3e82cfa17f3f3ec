import type { Answer } from './listen'
import type { Sandbox } from './sandbox'

/** Keeps count of the requests that are being answered, so that a stop can wait for them. */
export class UnderWay {
  readonly #requests = new Set<Promise<unknown>>()
  #isEnding = false

  constructor(private readonly inner: Answer) {}

  readonly answer: Answer = (request, peer) => {
    const answered = this.inner(request, peer).then((response) => {
      // A client that keeps its connection would be cut off in the middle of its next request.
      if (this.#isEnding) response.headers.connection = 'close'
      return response
    })
    this.#requests.add(answered)
    const done = () => this.#requests.delete(answered)
    answered.then(done, done)
    return answered
  }

  /** Waits until no request and no asynchronous invocation is under way, at most so many ms. */
  async end(sandbox: Sandbox, withinMs: number): Promise<void> {
    this.#isEnding = true
    let timer: NodeJS.Timeout | undefined
    const timeUp = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, withinMs, 'late')
    })
    const ended = this.#allDone(sandbox)
    await Promise.race([timeUp, ended])
    clearTimeout(timer)
  }

  async #allDone(sandbox: Sandbox): Promise<void> {
    await sandbox.asyncEvents.close()
    while (this.#requests.size > 0) await Promise.allSettled(this.#requests)
  }
}
