import { GetObjectAcl$, PutObjectAcl$, type GetObjectAclOutput, type GetObjectAclRequest, type PutObjectAclOutput, type PutObjectAclRequest } from '@aws-sdk/client-s3'
import { operation } from '../../../operation'
import { ownerOf, ownGrants, putGrants } from '../acl'
import { bucketOf } from '../buckets'
import { notify } from '../notify'
import { changeVersion } from '../objects'
import { broughtContext, onObject, readAction, requireVersion } from '../on-object'

/** Sets who has which rights on an object by its ACL, where ACLs count. */
export const putObjectAcl = operation<PutObjectAclRequest, PutObjectAclOutput>(PutObjectAcl$, {
  ...onObject,
  action: readAction('s3:PutObjectAcl', 's3:PutObjectVersionAcl'),
  context: async (call) => ({ ...(await onObject.context!(call)), ...broughtContext({ ACL: call.input.ACL, GrantRead: call.input.GrantRead, GrantFullControl: call.input.GrantFullControl }) }),
  async run(call) {
    const bucket = await bucketOf(call)
    const { versionId, owner = bucket.account } = await requireVersion(call)
    const grants = putGrants(bucket, call.input, owner)
    await changeVersion(call.sandbox, bucket, call.input.Key!, versionId, ({ described }) => void (described.grants = grants), (current, changed) => notify(call, current, changed, 'ObjectAcl:Put'))
    return {}
  },
})

export const getObjectAcl = operation<GetObjectAclRequest, GetObjectAclOutput>(GetObjectAcl$, {
  ...onObject,
  action: readAction('s3:GetObjectAcl', 's3:GetObjectVersionAcl'),
  async run(call) {
    const bucket = await bucketOf(call)
    const { owner = bucket.account, described } = await requireVersion(call)
    return { Owner: ownerOf(owner), Grants: (bucket.ownership === 'BucketOwnerEnforced' ? undefined : described.grants) ?? ownGrants(owner) }
  },
})
