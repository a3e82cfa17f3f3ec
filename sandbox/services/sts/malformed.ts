import { MalformedPolicyDocumentException as IamMalformed } from '@aws-sdk/client-iam'
import { MalformedPolicyDocumentException } from '@aws-sdk/client-sts'

/** Runs a check of IAM's and throws its finding as STS's exception of the same name. */
export function asStsError(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (error instanceof IamMalformed) throw new MalformedPolicyDocumentException({ message: error.message, $metadata: {} })
    throw error
  }
}
