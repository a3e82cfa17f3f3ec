import type { FunctionCode } from '@aws-sdk/client-lambda'
import { AwsError } from '../../errors'
import type { Call } from '../../operation'
import { authorizeIn } from '../s3/on-bucket'
import { bucketOf } from '../s3/buckets'
import { objectArn } from '../s3/names'
import { onObject, readAction, requireVersion } from '../s3/on-object'
import { readObject } from '../s3/read-object'
import { invalid } from './errors'
import type { Code } from './records'

type Source = Pick<FunctionCode, 'ZipFile' | 'S3Bucket' | 'S3Key' | 'S3ObjectVersion' | 'S3ObjectStorageMode' | 'ImageUri'>

/**
 * The zip that a call brings, or names in S3.
 * @throws InvalidParameterValueException where there is none; AccessDeniedException where the caller may not read the object
 */
export async function zipOf(call: Call, code: Source): Promise<Uint8Array> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = code
  if (ImageUri !== undefined) throw invalid('Container images are not served by this sandbox: give the code as a zip.')
  if (code.S3ObjectStorageMode === 'REFERENCE') throw invalid('S3ObjectStorageMode REFERENCE is not served by this sandbox: leave it out.')
  const isInS3 = S3Bucket !== undefined || S3Key !== undefined || S3ObjectVersion !== undefined
  if (ZipFile !== undefined && isInS3) throw invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.')
  if (ZipFile !== undefined) return ZipFile
  if (S3Bucket === undefined || S3Key === undefined) throw invalid('Please provide a source for function code.')
  return fromS3(call, S3Bucket, S3Key, S3ObjectVersion)
}

/** The key that a package is said to be encrypted with, as it is kept with the code. */
export function sourceKey({ SourceKMSKeyArn }: Pick<FunctionCode, 'SourceKMSKeyArn'>): Pick<Code, 'kmsKeyArn'> {
  return SourceKMSKeyArn ? { kmsKeyArn: SourceKMSKeyArn } : {}
}

async function fromS3(call: Call, bucket: string, key: string, versionId: string | undefined): Promise<Buffer> {
  const get: Call = { ...call, input: { Bucket: bucket, Key: key, VersionId: versionId } }
  try {
    const { region } = await bucketOf(get)
    if (region !== call.region) throw new AwsError('PermanentRedirect', `The bucket is in this region: ${region}. Please use this region to retry the request`, 301)
    await authorizeIn(get, readAction('s3:GetObject', 's3:GetObjectVersion')(get), objectArn(bucket, key), await onObject.context!(get))
    await requireVersion(get)
    return await readObject(call.sandbox, { bucket, key, ...(versionId === undefined ? {} : { versionId }) })
  } catch (error) {
    throw error instanceof AwsError ? told(error, bucket, key) : error
  }
}

/** An error of S3 as Lambda tells it. */
function told(error: AwsError, bucket: string, key: string): Error {
  if (!error.code.startsWith('AccessDenied')) return invalid(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`)
  const message = `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${bucket}/${key}. S3 Error Code: AccessDenied. S3 Error Message: Access Denied`
  // The same error in other words: what IAM decided goes with it to the trail.
  error.message = message
  return Object.assign(error, { code: 'AccessDeniedException', name: 'AccessDeniedException' })
}
