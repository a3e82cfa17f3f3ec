/** A statement of a policy, in the one form that both spellings (text or list) of AWS's grammar come to. */
export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: unknown
  NotPrincipal?: unknown
  Action?: string | string[]
  NotAction?: string | string[]
  Resource?: string | string[]
  NotResource?: string | string[]
  Condition?: Record<string, Record<string, unknown>>
}

/** A policy document as an object. */
export interface PolicyDocument {
  Version?: string
  Id?: string
  Statement: Statement | Statement[]
}

const MOST_CACHED = 2000
const parsed = new Map<string, PolicyDocument>()

/** Parses a stored policy document; the same text is parsed once. @throws SyntaxError where it is not JSON */
export function parsePolicy(text: string): PolicyDocument {
  let document = parsed.get(text)
  if (!document) {
    if (parsed.size >= MOST_CACHED) parsed.clear()
    document = JSON.parse(text) as PolicyDocument
    parsed.set(text, document)
  }
  return document
}

/** The statements of a document, be it one or a list. */
export function statementsOf(document: PolicyDocument): Statement[] {
  return [document.Statement].flat()
}
