import type { Principal } from '../../operation'
import { parsePolicy, statementsOf, type PolicyDocument, type Statement } from '../iam/policy-document'
import { grantStatements } from './acl'
import type { Bucket, Version } from './records'

/** Condition keys that bind a policy to someone or somewhere (S3 user guide, "The meaning of public"). */
const BINDING = /^(aws:(sourceip|sourcearn|sourceaccount|sourcevpc|sourcevpce|sourceowner|principalorgid|principalaccount|principalarn|userid|vpcsourceip|resourceorgid)|s3:(dataaccesspointarn|dataaccesspointaccount|x-amz-server-side-encryption-aws-kms-key-id))$/i

/**
 * What decides on a call beside the caller's own policies: the bucket's policy, and what its ACLs grant.
 * @param object whose ACL counts too
 */
export function resourcePolicyOf(bucket: Bucket, principal: Principal, object?: Version): object | undefined {
  const document = bucket.policy === undefined ? undefined : parsePolicy(bucket.policy)
  const isOwn = principal.account === bucket.account || principal.type === 'Service'
  const isShut = document && bucket.publicAccess?.RestrictPublicBuckets && !isOwn && isPublic(document)
  const statements = [...(document && !isShut ? statementsOf(document) : []), ...grantStatements(bucket, object)]
  return statements.length === 0 ? undefined : { ...document, Version: document?.Version ?? '2012-10-17', Statement: statements }
}

/** Whether a policy lets in the world (S3 user guide, "Blocking public access", "The meaning of public"). */
export function isPublic(document: PolicyDocument): boolean {
  return statementsOf(document).some((statement) => statement.Effect === 'Allow' && isEverybody(statement) && !isBound(statement))
}

function isEverybody({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined) return true
  if (Principal === '*') return true
  return [(Principal as { AWS?: string | string[] } | undefined)?.AWS ?? []].flat().some((name) => name === '*')
}

/** Whether a condition names who is let in. Operators that hold where the key is absent bind nobody. */
function isBound({ Condition }: Statement): boolean {
  return Object.entries(Condition ?? {}).some(([operator, tests]) =>
    !/not|^null$|ifexists$|^forallvalues:/i.test(operator) && Object.entries(tests).some(([key, values]) => BINDING.test(key) && [values].flat().every((value) => !/[*?]/.test(String(value)) && !/\/[0-7]$/.test(String(value)))),
  )
}
