import { Readable } from 'node:stream'
import { refuse } from './errors'
import type { SizeRange } from './post-policy'

/** The same bytes, which fail where there are too many or too few. @throws AwsError EntityTooLarge, EntityTooSmall, while they are read */
export function limited(body: Readable, { least, most }: SizeRange): Readable {
  async function* checked(): AsyncGenerator<Buffer> {
    let size = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw refuse('EntityTooLarge', { ProposedSize: size, MaxSizeAllowed: most })
      yield chunk
    }
    if (size < least) throw refuse('EntityTooSmall', { ProposedSize: size, MinSizeAllowed: least })
  }
  return Readable.from(checked(), { objectMode: false })
}
