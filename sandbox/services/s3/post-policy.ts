import { AwsError } from '../../errors'

/** Fields that no condition need speak of. */
const FREE = /^(x-amz-signature|policy|file|x-ignore-.*|awsaccesskeyid|signature)$/

/** Which sizes a form's policy lets a file have. */
export interface SizeRange {
  least: number
  most: number
}

/**
 * Holds the fields of a form against its signed policy (S3 API reference, "Creating a POST Policy").
 * @param bucket that the form is for
 * @throws AwsError AccessDenied, InvalidPolicyDocument
 */
export function checkPostPolicy(form: Record<string, string>, bucket: string, now: number): SizeRange | undefined {
  const document = parse(form.policy!)
  const expiration = Date.parse(String(document.expiration))
  if (Number.isNaN(expiration)) throw invalid("Invalid 'expiration' value")
  if (expiration < now) throw denied('Policy expired.')
  if (!Array.isArray(document.conditions)) throw invalid('Policy missing conditions.')
  const fields: Record<string, string> = { ...form, bucket }
  const spoken = new Set<string>(['bucket'])
  let range: SizeRange | undefined
  for (const condition of document.conditions as unknown[]) {
    const [operator, name, value, most] = Array.isArray(condition) ? [String(condition[0]).toLowerCase(), condition[1], condition[2], condition[2]] : ['eq', `$${Object.keys(condition as object)[0]}`, Object.values(condition as object)[0], undefined]
    if (operator === 'content-length-range') {
      range = { least: Number(name), most: Number(most) }
      continue
    }
    const field = String(name).replace(/^\$/, '').toLowerCase()
    spoken.add(field)
    const given = fields[field] ?? ''
    const holds = operator === 'eq' ? given === String(value) : operator === 'starts-with' ? given.startsWith(String(value)) : undefined
    if (holds === undefined) throw invalid(`Invalid Policy: Unknown operation '${operator}'.`)
    if (!holds) throw denied(`Policy Condition failed: ["${operator}", "$${field}", "${String(value)}"]`)
  }
  const extra = Object.keys(form).find((field) => !FREE.test(field) && !spoken.has(field))
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`)
  return range
}

function parse(policy: string): { expiration?: unknown; conditions?: unknown } {
  try {
    const value: unknown = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Told below.
  }
  throw invalid('Invalid Policy: Invalid JSON.')
}

function denied(why: string): AwsError {
  return new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, 403)
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidPolicyDocument', message, 400)
}
