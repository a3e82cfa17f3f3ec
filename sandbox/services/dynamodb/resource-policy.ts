import { AwsError } from '../../errors'
import { statementsOf, type PolicyDocument } from '../iam/policy-document'
import type { Table } from './records'
import { invalid } from './table-settings'

/** 20 KB (DynamoDB developer guide, "Resource-based policy considerations"). */
const LARGEST_POLICY = 20_480

/** Made of the time, and growing: revisions are told apart by it. */
let lastRevision = 0

/** A policy as a table holds it. @throws AwsError ValidationException */
export function newPolicy(text: string): NonNullable<Table['policy']> {
  if (Buffer.byteLength(text) > LARGEST_POLICY) throw invalid(`The resource-based policy must not be larger than ${LARGEST_POLICY} bytes`)
  let document: PolicyDocument
  try {
    document = JSON.parse(text) as PolicyDocument
    if (statementsOf(document).some((one) => !isWhole(one as unknown))) throw new SyntaxError('a statement lacks a part')
  } catch {
    throw invalid('Invalid policy document provided')
  }
  lastRevision = Math.max(lastRevision + 1, Date.now())
  return { text, revision: String(lastRevision) }
}

function isWhole(statement: unknown): boolean {
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = (statement ?? {}) as Record<string, unknown>
  return (Effect === 'Allow' || Effect === 'Deny') && (Principal ?? NotPrincipal) !== undefined && isTexts(Action ?? NotAction) && isTexts(Resource ?? NotResource)
}

function isTexts(value: unknown): boolean {
  const texts = [value].flat()
  return texts.length > 0 && texts.every((text) => typeof text === 'string')
}

/** Holds the revision that a call expects against the one that is there. @throws AwsError PolicyNotFoundException */
export function requireRevision(table: Table, expected: string | undefined): void {
  if (expected === undefined || expected === (table.policy?.revision ?? 'NO_POLICY')) return
  throw noPolicy(expected === 'NO_POLICY' ? 'The resource already has a policy' : 'The revision ID of the policy is not the one that was expected')
}

export function noPolicy(message: string): AwsError {
  return new AwsError('PolicyNotFoundException', message)
}
