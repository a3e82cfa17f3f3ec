import { Transform, type Writable } from 'node:stream'
import type { WireResponse } from '../../protocol/index'
import type { InvokeResult } from './engine/types'
import { httpHead } from './function-url-event'

/** What `awslambda.HttpResponseStream.from` gives its stream: status and headers as JSON, eight zero bytes, the body. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response'
const DELIMITER = Buffer.alloc(8)
const LONGEST_PRELUDE = 262_144

type Head = Pick<WireResponse, 'status' | 'headers'>

/**
 * A streamed answer of a function on its way to an HTTP client (Lambda developer guide, "Response streaming for Lambda
 * functions"): status and headers once they are known, the body piece by piece.
 */
export class StreamedAnswer {
  readonly #body: Body
  readonly #head: Promise<Head | undefined>

  constructor() {
    let told!: (head: Head | undefined) => void
    this.#head = new Promise((resolve) => (told = resolve))
    this.#body = new Body(told)
  }

  /** Takes the answer from here on, as the engine wants it. */
  begin(contentType: string): Writable {
    this.#body.begin(contentType)
    return this.#body
  }

  /** The client went away. */
  abort(): void {
    this.#body.destroy()
  }

  /**
   * Waits until there is something to send. An answer that did not come as a stream is the body as it is.
   * @returns undefined where the function failed first, or its prelude cannot be understood
   * @throws what `ended` rejects with before anything came
   */
  async response(ended: Promise<InvokeResult>): Promise<WireResponse | undefined> {
    const end = ended.then((result) => {
      if (result.streamed) this.#body.complete(result.functionError !== undefined)
      return result
    })
    end.catch((error: Error) => this.#body.destroy(error))
    const first = await Promise.race([this.#head.then((head) => ({ head })), end])
    if (!('head' in first)) {
      if (first.functionError !== undefined || first.streamed) return undefined
      return { status: 200, headers: { 'content-type': 'application/json' }, body: first.payload }
    }
    return first.head && { ...first.head, body: Buffer.alloc(0), stream: this.#body }
  }
}

class Body extends Transform {
  /** What of a prelude is there; undefined once it is through, or where there is none. */
  #prelude: Buffer | undefined

  constructor(private readonly told: (head: Head | undefined) => void) {
    super()
    // A client that is gone, or a function that failed: the connection tells it.
    this.on('error', () => {})
  }

  begin(contentType: string): void {
    if (contentType === WITH_PRELUDE) this.#prelude = Buffer.alloc(0)
    else this.told({ status: 200, headers: { 'content-type': contentType } })
  }

  complete(hasFailed: boolean): void {
    if (hasFailed) this.destroy(new Error('The function failed while it answered.'))
    else this.end()
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: (error: Error | null, piece?: Buffer) => void): void {
    if (!this.#prelude) return done(null, piece)
    this.#prelude = Buffer.concat([this.#prelude, piece])
    const at = this.#prelude.indexOf(DELIMITER)
    if (at < 0 && this.#prelude.length <= LONGEST_PRELUDE) return done(null)
    const head = at < 0 ? undefined : headOf(this.#prelude.subarray(0, at))
    const rest = this.#prelude.subarray(at + DELIMITER.length)
    this.#prelude = undefined
    this.told(head)
    if (!head) return done(new Error('The prelude of the answer cannot be understood.'))
    done(null, rest)
  }
}

function headOf(prelude: Buffer): Head | undefined {
  try {
    const value = JSON.parse(prelude.toString('utf8')) as Record<string, unknown>
    return httpHead({ statusCode: 200, ...value }, 'application/octet-stream')
  } catch {
    return undefined
  }
}
