import type { Sandbox } from '../../sandbox'
import { AwsError } from '../../errors'
import { statementsOf, type PolicyDocument } from '../iam/policy-document'
import { validateResourcePolicy } from '../iam/validate-policy'
import { bucketArn } from './names'
import type { Bucket } from './records'

const LARGEST = 20_480

/** Checks a bucket policy as it is written. @throws AwsError MalformedPolicy */
export async function checkBucketPolicy(sandbox: Sandbox, bucket: Bucket, text: string): Promise<PolicyDocument> {
  if (Buffer.byteLength(text) > LARGEST) throw malformed('Policy exceeds the maximum allowed document size.')
  if (!text.trimStart().startsWith('{')) throw malformed("Policies must be valid JSON and the first byte must be '{'")
  const document = await validateResourcePolicy(sandbox, text).catch((error: Error) => {
    if (error.name !== 'MalformedPolicyDocumentException') throw error
    throw malformed(error.message.startsWith('Invalid principal') ? 'Invalid principal in policy' : error.message)
  })
  const own = bucketArn(bucket.name)
  for (const { Action, NotAction, Resource, NotResource } of statementsOf(document)) {
    const actions = [Action ?? NotAction ?? []].flat()
    if (!actions.every((action) => action === '*' || /^s3:/i.test(action))) throw malformed('Policy has invalid action')
    for (const resource of [Resource ?? NotResource ?? []].flat()) if (!isOf(resource, own)) throw malformed('Policy has invalid resource')
  }
  return document
}

/** Whether a resource's pattern can only mean the bucket and what is in it. */
function isOf(resource: string, bucket: string): boolean {
  const name = resource.split('/')[0]!
  if (name === bucket) return true
  // `arn:aws:s3:::pho*` covers the bucket too.
  if (!/[*?]/.test(name)) return false
  const pattern = name.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${pattern}$`).test(bucket)
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicy', message, 400)
}
