import type { FunctionCode } from '@aws-sdk/client-lambda'
import { invalid } from './errors'

/** The zip that a call brings. @throws InvalidParameterValueException where it brings none, or a container image */
export function zipOf(code: Pick<FunctionCode, 'ZipFile' | 'S3Bucket' | 'S3Key' | 'ImageUri'>): Uint8Array {
  if (code.ImageUri !== undefined) throw invalid('Container images are not served by this sandbox: give the code as ZipFile.')
  if (code.S3Bucket !== undefined || code.S3Key !== undefined) throw invalid('Code from S3 is not served by this sandbox: give the code as ZipFile.')
  if (code.ZipFile === undefined) throw invalid('Please provide a source for function code.')
  return code.ZipFile
}
