import { GatewayError } from './gateway-error'

/** The 504 of an integration that took too long. */
export function timedOut(): GatewayError {
  return new GatewayError('INTEGRATION_TIMEOUT', { cause: 'Execution failed due to a timeout error' })
}

/** What comes within so many ms; what was called runs on. @throws GatewayError INTEGRATION_TIMEOUT, and what `work` throws in time */
export async function beforeTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut()), ms)
  })
  work.catch(() => undefined)
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
