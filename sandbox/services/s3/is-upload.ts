import { addressOf as apiAddressOf } from '../../execute-api/address'
import type { Located } from '../../operation'
import { functionUrlOf } from '../lambda/answer-function-url'
import { addressOf, isS3Host } from './address'

/** Of a key: what is put there is XML. */
const SUBRESOURCES = ['acl', 'annotation', 'encryption', 'legal-hold', 'renameObject', 'retention', 'tagging']
const SCOPE = /\/s3\/aws4_request/

/** Whether a request brings the bytes of an object, which are read while they come and never held as a whole. */
export function isUpload(head: Located): boolean {
  const { method, query, headers } = head
  const isForm = method === 'POST' && headers['content-type']?.startsWith('multipart/form-data')
  if ((method !== 'PUT' && !isForm) || apiAddressOf(head) || functionUrlOf(head)) return false
  const { authorization = '' } = headers
  const isSigned = SCOPE.test(authorization) || authorization.startsWith('AWS ') || SCOPE.test(query.get('X-Amz-Credential') ?? '') || query.has('AWSAccessKeyId')
  if (!isSigned && !isForm && !isS3Host(head)) return false
  const address = addressOf(head)
  if (isForm) return address?.bucket !== undefined && address.key === undefined
  return address?.key !== undefined && !SUBRESOURCES.some((name) => query.has(name))
}
