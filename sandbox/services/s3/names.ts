import { refuse } from './errors'

const LONGEST_KEY = 1024
/** Rules for names (S3 user guide, "General purpose bucket naming rules"). */
const FORBIDDEN = [/^xn--/, /^sthree-/, /^amzn-s3-demo-/, /-s3alias$/, /--ol-s3$/, /\.mrap$/, /--x-s3$/, /--table-s3$/]

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`
}

/** @throws AwsError InvalidBucketName */
export function checkBucketName(name: string): void {
  const isValid = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name) && !FORBIDDEN.some((pattern) => pattern.test(name))
  if (!isValid) throw refuse('InvalidBucketName', { BucketName: name })
}

/** @throws AwsError KeyTooLongError */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key)
  if (size > LONGEST_KEY) throw refuse('KeyTooLongError', { Size: size, MaxSizeAllowed: LONGEST_KEY })
}

/** `CanonicalUser` id of an account: AWS's is opaque too, and the same at every look. */
export function canonicalId(account: string): string {
  return Buffer.from(account.padEnd(32, '-')).toString('hex')
}
