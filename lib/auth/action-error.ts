/** Why a server action refuses its caller: `session` when nobody is signed in any more, `forbidden` for the wrong role or owner. */
export type ActionErrorCode = 'session' | 'forbidden'

/**
 * Thrown inside server actions. Next hides the message of a thrown error from the browser, so an action catches this
 * and answers with its code, whose text is `auth.errors.<code>`.
 */
export class ActionError extends Error {
  override name = 'ActionError'

  constructor(readonly code: ActionErrorCode) {
    super(code)
  }
}
