import * as sdk from '@aws-sdk/client-s3'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { isS3Host, locate } from './address'
import { bucketsOf } from './buckets'
import { checkBody } from './check-body'
import { ownError } from './errors'
import constraints from './constraints.json' with { type: 'json' }
import { bucketArn } from './names'
import { abortMultipartUpload } from './operations/abort-multipart-upload'
import { getBucketAcl, putBucketAcl } from './operations/bucket-acl'
import { deleteBucketCors, getBucketCors, putBucketCors } from './operations/bucket-cors'
import { getBucketAccelerateConfiguration, getBucketLogging, getBucketReplication, getBucketRequestPayment, getObjectLockConfiguration, putBucketRequestPayment } from './operations/bucket-defaults'
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption } from './operations/bucket-encryption'
import { deleteBucketLifecycle, getBucketLifecycleConfiguration, putBucketLifecycleConfiguration } from './operations/bucket-lifecycle'
import { getBucketNotificationConfiguration, putBucketNotificationConfiguration } from './operations/bucket-notification-configuration'
import { deleteBucketOwnershipControls, getBucketOwnershipControls, putBucketOwnershipControls } from './operations/bucket-ownership-controls'
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './operations/bucket-policy'
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './operations/bucket-tagging'
import { getBucketVersioning, putBucketVersioning } from './operations/bucket-versioning'
import { deleteBucketWebsite, getBucketWebsite, putBucketWebsite } from './operations/bucket-website'
import { completeMultipartUpload } from './operations/complete-multipart-upload'
import { copyObject } from './operations/copy-object'
import { createBucket } from './operations/create-bucket'
import { createMultipartUpload } from './operations/create-multipart-upload'
import { deleteBucket } from './operations/delete-bucket'
import { deleteObject } from './operations/delete-object'
import { deleteObjects } from './operations/delete-objects'
import { getBucketLocation } from './operations/get-bucket-location'
import { getObjectAttributes } from './operations/get-object-attributes'
import { getObject } from './operations/get-object'
import { headBucket } from './operations/head-bucket'
import { headObject } from './operations/head-object'
import { listBuckets } from './operations/list-buckets'
import { listMultipartUploads } from './operations/list-multipart-uploads'
import { listObjectVersions } from './operations/list-object-versions'
import { listObjectsV2 } from './operations/list-objects-v2'
import { listObjects } from './operations/list-objects'
import { listParts } from './operations/list-parts'
import { getObjectAcl, putObjectAcl } from './operations/object-acl'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object-tagging'
import { PostObject$, postObject } from './operations/post-object'
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './operations/public-access-block'
import { putObject } from './operations/put-object'
import { uploadPartCopy } from './operations/upload-part-copy'
import { uploadPart } from './operations/upload-part'

/** S3 has errors of its own for what is wrong with these. */
const { 'CreateBucketConfiguration.LocationConstraint': _location, 'FilterRule.Name': _filter, ...model } = constraints as NonNullable<Service['constraints']>
const inXml = Object.fromEntries(Object.entries(model).filter(([name]) => !/Request\.|\.Events?(\[\])?$/.test(name)))

/** Amazon S3. */
export const s3: Service = {
  name: 's3',
  eventSource: 's3.amazonaws.com',
  protocol: 'rest-xml',
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  sdk: { ...sdk, PostObject$ } as unknown as Record<string, unknown>,
  locate,
  isAtHost: isS3Host,
  takesAnonymous: true,
  checkBody,
  constraints: inXml,
  ownError,
  deniedCode: 'AccessDenied',
  operations: [
    abortMultipartUpload,
    completeMultipartUpload,
    copyObject,
    createBucket,
    createMultipartUpload,
    deleteBucket,
    deleteBucketCors,
    deleteBucketEncryption,
    deleteBucketLifecycle,
    deleteBucketOwnershipControls,
    deleteBucketPolicy,
    deleteBucketTagging,
    deleteBucketWebsite,
    deleteObject,
    deleteObjectTagging,
    deleteObjects,
    deletePublicAccessBlock,
    getBucketAccelerateConfiguration,
    getBucketAcl,
    getBucketCors,
    getBucketEncryption,
    getBucketLifecycleConfiguration,
    getBucketLocation,
    getBucketLogging,
    getBucketNotificationConfiguration,
    getBucketOwnershipControls,
    getBucketPolicy,
    getBucketPolicyStatus,
    getBucketReplication,
    getBucketRequestPayment,
    getBucketTagging,
    getBucketVersioning,
    getBucketWebsite,
    getObject,
    getObjectAcl,
    getObjectAttributes,
    getObjectLockConfiguration,
    getObjectTagging,
    getPublicAccessBlock,
    headBucket,
    headObject,
    listBuckets,
    listMultipartUploads,
    listObjectVersions,
    listObjects,
    listObjectsV2,
    listParts,
    postObject,
    putBucketAcl,
    putBucketCors,
    putBucketEncryption,
    putBucketLifecycleConfiguration,
    putBucketNotificationConfiguration,
    putBucketOwnershipControls,
    putBucketPolicy,
    putBucketRequestPayment,
    putBucketTagging,
    putBucketVersioning,
    putBucketWebsite,
    putObject,
    putObjectAcl,
    putObjectTagging,
    putPublicAccessBlock,
    uploadPart,
    uploadPartCopy,
  ],
  resources,
}

async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const found = await bucketsOf(sandbox, account)
  return found.map(({ name, createdAt }) => ({ service: 's3', type: 'bucket', name, arn: bucketArn(name), createdAt: new Date(createdAt).toISOString() }))
}
