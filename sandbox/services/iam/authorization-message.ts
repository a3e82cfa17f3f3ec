import type { Question } from '../../authorize'
import type { Sandbox } from '../../sandbox'
import type { Decision } from './decide'

/** What is sealed: readable only for the account whose call was denied. */
interface SealedMessage {
  kind: 'authorization-message'
  account: string
  text: string
}

/** Seals what is known of a denial for sts:DecodeAuthorizationMessage, so that the denied caller cannot read it. */
export function encodeAuthorizationMessage(sandbox: Sandbox, question: Question, decision: Decision): string {
  const sealed: SealedMessage = { kind: 'authorization-message', account: question.principal.account, text: JSON.stringify(messageOf(question, decision)) }
  return sandbox.seal.seal(sealed)
}

/** The JSON text of a sealed message; undefined where it is none of this account. */
export function decodeAuthorizationMessage(sandbox: Sandbox, account: string, encoded: string): string | undefined {
  const sealed = sandbox.seal.open(encoded) as Partial<SealedMessage> | undefined
  return sealed?.kind === 'authorization-message' && sealed.account === account ? sealed.text : undefined
}

/** The form in which AWS gives it (STS API reference, DecodeAuthorizationMessage). */
function messageOf({ principal, action, resource, context }: Question, { allowed, explanation }: Decision) {
  const deniedBy = explanation.deniedBy
  return {
    allowed,
    explicitDeny: explanation.reason === 'explicitDeny',
    matchedStatements: { items: deniedBy ? [{ statementId: deniedBy.sid ?? '', effect: 'DENY', sourcePolicyId: deniedBy.policy }] : [] },
    failures: { items: [] },
    context: {
      principal: { id: principal.userId, ...(principal.name === undefined ? {} : { name: principal.name }), arn: principal.arn },
      action,
      resource,
      conditions: { items: Object.entries(context).map(([key, values]) => ({ key, values: { items: [values].flat().map((value) => ({ value })) } })) },
    },
  }
}
