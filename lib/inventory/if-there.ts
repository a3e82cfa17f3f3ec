/** How AWS's services say that a thing is not there; each has its own word. */
const GONE = /NotFound|NoSuch|NonExistent|DoesNotExist/

/** Whether an error only says that the thing is not there. */
export function saysGone(error: unknown): boolean {
  return GONE.test((error as Error).name)
}

/** Whether an error says that IAM denied the call. */
export function saysDenied(error: unknown): boolean {
  return /AccessDenied|Unauthorized|NotAuthorized/.test((error as Error).name) || /is not authorized to perform/.test((error as Error).message)
}

/** Whether an error says that the backend does not have the operation at all. */
export function saysUnknown(error: unknown): boolean {
  return /^(InvalidAction|NotImplemented|UnknownOperation)/.test((error as Error).name)
}

/** The answer, or undefined where the backend does not have the operation: then it has nothing that it would tell of. */
export async function ifKnown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (saysUnknown(error)) return undefined
    throw error
  }
}

/** The answer, or undefined where the thing is not there. */
export async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (saysGone(error)) return undefined
    throw error
  }
}
