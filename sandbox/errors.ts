/** An error in AWS's form that no SDK exception class stands for, such as `AccessDeniedException` or `SignatureDoesNotMatch`. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** More members of the error's body, such as `Reason`. */
    readonly members: Record<string, unknown> = {},
    /** Headers that the answer carries, where the protocol has such. */
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
    this.name = code
  }
}
