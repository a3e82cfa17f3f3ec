/** The learner's cloud does not answer: not started, stopped, or cut off. Nothing that the learner did. */
export class CloudUnavailable extends Error {
  override readonly name = 'CloudUnavailable'

  constructor(
    readonly endpoint: string,
    cause: unknown,
  ) {
    super(`The AWS endpoint ${endpoint} does not answer.`, { cause })
  }
}

/** The backend has no such thing as was asked of it. Ask `capabilities` first. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered'
}

/** The admin API refused: its own words and HTTP status. */
export class AdminRefused extends Error {
  override readonly name = 'AdminRefused'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'])

/** Whether an error tells that no answer came at all, as against an answer that says no. */
export function isConnectionFailure(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code, name } = at as Error & { code?: string }
    if (code !== undefined && CONNECTION_CODES.has(code)) return true
    if (name === 'TimeoutError' && !('$fault' in at)) return true
  }
  return false
}
