import type { AccessControlPolicy, Grant, Owner } from '@aws-sdk/client-s3'
import { AwsError } from '../../errors'
import type { Statement } from '../iam/policy-document'
import { invalidArgument, refuse } from './errors'
import { bucketArn, canonicalId, objectArn } from './names'
import type { Bucket, Version } from './records'

const GROUPS = 'http://acs.amazonaws.com/groups/'
const ALL_USERS = `${GROUPS}global/AllUsers`
const AUTHENTICATED = `${GROUPS}global/AuthenticatedUsers`
const LOG_DELIVERY = `${GROUPS}s3/LogDelivery`
const CANNED = ['private', 'public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read', 'bucket-owner-read', 'bucket-owner-full-control', 'log-delivery-write']

/** What each grant allows (S3 user guide, "Access control list overview", mapping of ACL permissions). */
const ON_BUCKET: Record<string, string[]> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
}
const ON_OBJECT: Record<string, string[]> = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  READ_ACP: ['s3:GetObjectAcl', 's3:GetObjectVersionAcl'],
  WRITE_ACP: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
}

export function ownerOf(account: string): Owner {
  return { ID: canonicalId(account) }
}

/** The grants of a resource that has none of its own: all to its owner. */
export function ownGrants(account: string): Grant[] {
  return [{ Grantee: { Type: 'CanonicalUser', ID: canonicalId(account) }, Permission: 'FULL_CONTROL' }]
}

/** A call's ACL headers. */
export interface AclHeaders {
  ACL?: string | undefined
  GrantFullControl?: string | undefined
  GrantRead?: string | undefined
  GrantReadACP?: string | undefined
  GrantWrite?: string | undefined
  GrantWriteACP?: string | undefined
}

/**
 * The grants that a call's headers ask for; undefined where they ask for none.
 * @param owner account of the resource
 * @throws AwsError AccessControlListNotSupported where the bucket has no ACLs; AccessDenied where public ones are blocked; InvalidArgument
 */
export function readAcl(bucket: Pick<Bucket, 'ownership' | 'publicAccess' | 'account'>, headers: AclHeaders, owner: string): Grant[] | undefined {
  const listed = (
    [
      ['FULL_CONTROL', headers.GrantFullControl],
      ['READ', headers.GrantRead],
      ['READ_ACP', headers.GrantReadACP],
      ['WRITE', headers.GrantWrite],
      ['WRITE_ACP', headers.GrantWriteACP],
    ] as const
  ).flatMap(([Permission, text]) => (text ?? '').split(',').map((grantee) => grantee.trim()).filter(Boolean).map((grantee): Grant => ({ Grantee: readGrantee(grantee), Permission })))
  if (headers.ACL === undefined && listed.length === 0) return undefined
  if (headers.ACL !== undefined && !CANNED.includes(headers.ACL)) throw invalidArgument('', 'x-amz-acl', headers.ACL)
  if (headers.ACL !== undefined && listed.length > 0) throw invalidArgument('Specifying both Canned ACLs and Header Grants is not allowed', 'x-amz-acl', headers.ACL)
  if (bucket.ownership === 'BucketOwnerEnforced') {
    if (headers.ACL === 'bucket-owner-full-control') return undefined
    throw refuse('AccessControlListNotSupported')
  }
  const grants = headers.ACL === undefined ? listed : [...ownGrants(owner), ...cannedGrants(headers.ACL, bucket.account, owner)]
  refusePublic(bucket, grants)
  return grants
}

/** @throws AwsError AccessDenied where the grants open to the world what the bucket keeps shut */
function refusePublic({ publicAccess }: Pick<Bucket, 'publicAccess'>, grants: Grant[]): void {
  if (publicAccess?.BlockPublicAcls && grants.some(({ Grantee }) => Grantee?.URI === ALL_USERS || Grantee?.URI === AUTHENTICATED)) throw refuse('AccessDenied')
}

function readGrantee(text: string): Grant['Grantee'] {
  const [, kind, value] = /^(id|uri|emailAddress)\s*=\s*"?([^"]+)"?$/.exec(text) ?? []
  if (kind === 'id') return { Type: 'CanonicalUser', ID: value! }
  if (kind === 'uri' && value!.startsWith(GROUPS)) return { Type: 'Group', URI: value! }
  throw invalidArgument('Argument format not recognized', 'x-amz-grant', text)
}

function cannedGrants(name: string, bucketOwner: string, owner: string): Grant[] {
  const to = (URI: string, ...permissions: Grant['Permission'][]): Grant[] => permissions.map((Permission) => ({ Grantee: { Type: 'Group', URI }, Permission }))
  const toBucketOwner = (Permission: Grant['Permission']): Grant[] => (bucketOwner === owner ? [] : [{ Grantee: { Type: 'CanonicalUser', ID: canonicalId(bucketOwner) }, Permission }])
  switch (name) {
    case 'public-read':
      return to(ALL_USERS, 'READ')
    case 'public-read-write':
      return to(ALL_USERS, 'READ', 'WRITE')
    case 'authenticated-read':
      return to(AUTHENTICATED, 'READ')
    case 'bucket-owner-read':
      return toBucketOwner('READ')
    case 'bucket-owner-full-control':
      return toBucketOwner('FULL_CONTROL')
    case 'log-delivery-write':
      return to(LOG_DELIVERY, 'WRITE', 'READ_ACP')
    default:
      return []
  }
}

/** What ACLs allow, as statements of a policy; nothing where the bucket has them turned off. */
export function grantStatements(bucket: Bucket, object?: Version): Statement[] {
  if (bucket.ownership === 'BucketOwnerEnforced') return []
  const all = `${bucketArn(bucket.name)}/*`
  return [
    ...statements(bucket, bucket.grants, ON_BUCKET, (action) => (/Object$/.test(action) ? all : bucketArn(bucket.name))),
    ...(object ? statements(bucket, object.described.grants, ON_OBJECT, () => objectArn(bucket.name, object.key)) : []),
  ]
}

function statements({ publicAccess }: Bucket, grants: Grant[] | undefined, allows: Record<string, string[]>, resource: (action: string) => string): Statement[] {
  return (grants ?? []).flatMap(({ Grantee, Permission }) => {
    const isOpen = Grantee?.URI === ALL_USERS || Grantee?.URI === AUTHENTICATED
    const [, account] = Grantee?.ID === undefined ? [] : /^(\d{12})-+$/.exec(Buffer.from(Grantee.ID, 'hex').toString()) ?? []
    if (isOpen ? publicAccess?.IgnorePublicAcls : account === undefined) return []
    const actions = Permission === 'FULL_CONTROL' ? Object.values(allows).flat() : (allows[Permission!] ?? [])
    return actions.map((Action): Statement => ({
      Effect: 'Allow',
      Principal: isOpen ? '*' : { AWS: account },
      Action,
      Resource: resource(Action),
      ...(Grantee?.URI === AUTHENTICATED ? { Condition: { StringLike: { 'aws:PrincipalAccount': '?*' } } } : {}),
    }))
  })
}

/**
 * The grants that PutBucketAcl or PutObjectAcl sets, by headers or by body.
 * @throws AwsError MalformedACLError, AccessControlListNotSupported, AccessDenied
 */
export function putGrants(bucket: Bucket, input: AclHeaders & { AccessControlPolicy?: AccessControlPolicy | undefined }, owner: string): Grant[] {
  const { AccessControlPolicy: given } = input
  if (given === undefined) {
    const isNone = input.ACL === undefined && [input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWrite, input.GrantWriteACP].every((value) => value === undefined)
    if (isNone) throw new AwsError('MissingSecurityHeader', 'Your request was missing a required header', 400, { MissingHeaderName: 'x-amz-acl' })
    return readAcl(bucket, input, owner) ?? ownGrants(owner)
  }
  const grants = given.Grants ?? []
  const isOwn = grants.every(({ Grantee, Permission }) => Grantee?.ID === canonicalId(owner) && Permission === 'FULL_CONTROL')
  if (bucket.ownership === 'BucketOwnerEnforced') {
    if (isOwn && grants.length > 0) return ownGrants(owner)
    throw refuse('AccessControlListNotSupported')
  }
  if (given.Owner?.ID !== undefined && given.Owner.ID !== canonicalId(owner)) throw refuse('AccessDenied')
  if (!grants.every(({ Grantee, Permission }) => Permission !== undefined && (Grantee?.ID !== undefined || Grantee?.URI?.startsWith(GROUPS)))) throw refuse('MalformedACLError')
  refusePublic(bucket, grants)
  return grants
}
