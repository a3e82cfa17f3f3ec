import type { FunctionRecord } from './records'

/** The resource policy of a function, or of its version or alias; undefined where it has none. */
export function policyDocument(record: FunctionRecord, qualifier: string | undefined): { Version: string; Id: string; Statement: object[] } | undefined {
  const key = policyKey(qualifier)
  const policy = Object.hasOwn(record.policies, key) ? record.policies[key] : undefined
  return policy && { Version: '2012-10-17', Id: 'default', Statement: policy.statements }
}

/** Under which name a record keeps the policy of a qualifier. */
export function policyKey(qualifier: string | undefined): string {
  return qualifier === undefined || qualifier === '$LATEST' ? '' : qualifier
}
