import { invalidParameter } from './errors'

/** A visibility timeout in ms. @throws InvalidParameterValue where it is not 0 to 43200 seconds */
export function visibilityMs(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 43_200) return seconds * 1000
  throw invalidParameter(`Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.`)
}
