import { invalidArgument } from './errors'
import { MOST_KEYS } from './list'

/** What all listings of keys take. */
interface ListingInput {
  MaxKeys?: number | undefined
  EncodingType?: string | undefined
}

/** How many names a page may have. @throws AwsError InvalidArgument */
export function checkedListing({ MaxKeys = MOST_KEYS, EncodingType }: ListingInput): number {
  if (!Number.isInteger(MaxKeys) || MaxKeys < 0 || MaxKeys > 2 ** 31 - 1) throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', String(MaxKeys))
  if (EncodingType !== undefined && EncodingType !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', EncodingType)
  return Math.min(MaxKeys, MOST_KEYS)
}
