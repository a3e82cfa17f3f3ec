import * as sdk from '@aws-sdk/client-s3'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { isS3Host, locate } from './address'
import { bucketsOf } from './buckets'
import { checkBody } from './check-body'
import { ownError } from './errors'
import constraints from './constraints.json' with { type: 'json' }
import { bucketArn } from './names'
import { copyObject } from './operations/copy-object'
import { createBucket } from './operations/create-bucket'
import { deleteBucket } from './operations/delete-bucket'
import { deleteObject } from './operations/delete-object'
import { deleteObjects } from './operations/delete-objects'
import { getBucketLocation } from './operations/get-bucket-location'
import { getObject } from './operations/get-object'
import { headBucket } from './operations/head-bucket'
import { headObject } from './operations/head-object'
import { listBuckets } from './operations/list-buckets'
import { listObjects } from './operations/list-objects'
import { listObjectsV2 } from './operations/list-objects-v2'
import { putObject } from './operations/put-object'

/** S3 has errors of its own for what is wrong with these. */
const { 'CreateBucketConfiguration.LocationConstraint': _location, 'FilterRule.Name': _filter, ...model } = constraints as NonNullable<Service['constraints']>
const inXml = Object.fromEntries(Object.entries(model).filter(([name]) => !/Request\.|\.Events?(\[\])?$/.test(name)))

/** Amazon S3. */
export const s3: Service = {
  name: 's3',
  eventSource: 's3.amazonaws.com',
  protocol: 'rest-xml',
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  sdk: sdk as unknown as Record<string, unknown>,
  locate,
  isAtHost: isS3Host,
  takesAnonymous: true,
  checkBody,
  constraints: inXml,
  ownError,
  deniedCode: 'AccessDenied',
  operations: [
    copyObject,
    createBucket,
    deleteBucket,
    deleteObject,
    deleteObjects,
    getBucketLocation,
    getObject,
    headBucket,
    headObject,
    listBuckets,
    listObjects,
    listObjectsV2,
    putObject,
  ],
  resources,
}

async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const found = await bucketsOf(sandbox, account)
  return found.map(({ name, createdAt }) => ({ service: 's3', type: 'bucket', name, arn: bucketArn(name), createdAt: new Date(createdAt).toISOString() }))
}
