import { statementsOf, type PolicyDocument, type Statement } from './policy-document'

/** The condition keys that a statement names, in its conditions and its policy variables. */
export function contextKeysOfStatement(statement: Statement): string[] {
  const inConditions = Object.values(statement.Condition ?? {}).flatMap((tests) => Object.keys(tests))
  const inVariables = [...JSON.stringify([statement.Resource, statement.NotResource, statement.Condition]).matchAll(/\$\{([^}]+)\}/g)]
    .map(([, variable]) => variable!.split(',')[0]!.trim())
    // `${*}`, `${?}` and `${$}` are the characters themselves.
    .filter((key) => key.includes(':'))
  return [...new Set([...inConditions, ...inVariables])]
}

/** The condition keys that policies name, sorted. */
export function contextKeysOf(documents: PolicyDocument[]): string[] {
  return [...new Set(documents.flatMap(statementsOf).flatMap(contextKeysOfStatement))].sort()
}
