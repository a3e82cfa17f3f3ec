import { overLimit } from './entities'

const MOST_CHARACTERS = 2048

/** White space does not count (IAM quotas). @throws LimitExceededException */
export function requireTrustSize(text: string): void {
  if (text.replace(/\s/g, '').length > MOST_CHARACTERS) throw overLimit(`Cannot exceed quota for ACLSizePerRole: ${MOST_CHARACTERS}`)
}
