import { statementsOf, type PolicyDocument, type Statement } from './policy-document'

const prepared = new WeakMap<object, object>()

/**
 * A policy as the engine reads it right. It takes variables for such in policies of the old version too, where they are
 * plain text (IAM JSON policy elements, "Version"); it knows `${*}`, `${?}` and `${$}` only where wildcards are;
 * and it finds no address in a network of all addresses.
 */
export function engineDocument(document: PolicyDocument, request: { principal: string; context: Record<string, string | string[]> }): PolicyDocument {
  const general = inGeneral(document)
  const statements = statementsOf(general)
  if (!statements.some((one) => NEEDS_REQUEST.test(JSON.stringify([one.Resource, one.NotResource])) || one.NotPrincipal !== undefined)) return general
  return { ...general, Statement: statements.map((one) => forRequest(one, request)) }
}

const NEEDS_REQUEST = /\$\{[a-z][\w-]*:/i

/**
 * It looks for the parts of a resource before it fills in variables, whose names have colons; and it takes the account's root,
 * which must stand beside a user in NotPrincipal, for the whole account.
 */
function forRequest(statement: Statement, { principal, context }: { principal: string; context: Record<string, string | string[]> }): Statement {
  const filled = (value: string | string[]) => [value].flat().map((text) => text.replace(/\$\{([^}]+)\}/g, (whole, variable: string) => valueOf(variable, context) ?? whole))
  const account = principal.split(':')[4]
  return {
    ...statement,
    ...(statement.Resource === undefined ? {} : { Resource: filled(statement.Resource) }),
    ...(statement.NotResource === undefined ? {} : { NotResource: filled(statement.NotResource) }),
    ...(statement.NotPrincipal === undefined || principal.endsWith(':root') ? {} : { NotPrincipal: withoutRole(withoutAccount(statement.NotPrincipal, account), principal) }),
  }
}

/** What a variable stands for in this call, its wildcards as plain characters; undefined where it stands for nothing. */
function valueOf(variable: string, context: Record<string, string | string[]>): string | undefined {
  const [, name, fallback] = /^([^,]+?)\s*(?:,\s*'(.*)')?$/.exec(variable) ?? []
  if (name === undefined || !name.includes(':')) return undefined
  const [, carried] = Object.entries(context).find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? []
  const value = typeof carried === 'string' && carried !== '' ? carried : fallback
  return value?.replace(/[*?$]/g, (one) => `\${${one}}`)
}

function withoutAccount(principals: unknown, account: string | undefined): unknown {
  if (principals === null || typeof principals !== 'object') return principals
  const { AWS, ...others } = principals as { AWS?: string | string[] }
  if (AWS === undefined) return principals
  const isAccount = (one: string) => one === account || one === `arn:aws:iam::${account}:root`
  const rest = [AWS].flat().filter((one) => !isAccount(one))
  // Only an account without any of its people means all of them.
  return rest.some((one) => one.split(':')[4] === account) ? { ...others, AWS: rest } : principals
}

/** Stands where a list would be empty, which the engine does not know. */
const NO_ONE = 'arn:aws:iam::000000000000:user/no-one'

/** It takes a role for its sessions, but in NotPrincipal a session is spared only where it is named itself (IAM JSON policy elements, "NotPrincipal"). */
function withoutRole(principals: unknown, principal: string): unknown {
  const [, account, name] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(principal) ?? []
  if (name === undefined || principals === null || typeof principals !== 'object') return principals
  const { AWS, ...others } = principals as { AWS?: string | string[] }
  if (AWS === undefined) return principals
  const isRole = (one: string) => one.startsWith(`arn:aws:iam::${account}:role/`) && one.endsWith(`/${name}`)
  const rest = [AWS].flat().filter((one) => !isRole(one))
  return { ...others, AWS: rest.length > 0 ? rest : [NO_ONE] }
}

function inGeneral(document: PolicyDocument): PolicyDocument {
  let found = prepared.get(document)
  if (!found) {
    const isOld = document.Version !== '2012-10-17'
    found = rewrite(document, isOld ? (text) => text.replaceAll('${', () => `${character('$')}{`) : (text) => text.replace(/\$\{([*?$])\}/g, (_, one) => character(one))) as object
    prepared.set(document, found)
  }
  return found as PolicyDocument
}

/** A character that is neither wildcard nor part of a variable: the default of a variable that no call carries. */
function character(one: string): string {
  return `\${none, '${one}'}`
}

function rewrite(value: unknown, ofText: (text: string) => string): unknown {
  if (typeof value === 'string') return ofText(value)
  if (Array.isArray(value)) return value.flatMap((one) => split(one)).map((one) => rewrite(one, ofText))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const halves = split(one)
      return [name, rewrite(halves.length === 1 ? one : halves, ofText)]
    }),
  )
}

/** A network of all addresses as its two halves. */
function split(value: unknown): unknown[] {
  if (value === '0.0.0.0/0') return ['0.0.0.0/1', '128.0.0.0/1']
  return value === '::/0' ? ['::/1', '8000::/1'] : [value]
}
