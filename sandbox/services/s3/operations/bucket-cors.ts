import { DeleteBucketCors$, GetBucketCors$, PutBucketCors$, type CORSConfiguration } from '@aws-sdk/client-s3'
import { deleteSetting, getSetting, putSetting } from '../bucket-setting'
import { invalidRequest, refuse } from '../errors'

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE']

/** Which web pages may use a bucket from a browser. */
export const putBucketCors = putSetting(PutBucketCors$, 'CORSConfiguration', 's3:PutBucketCORS', ({ CORSRules = [] }: CORSConfiguration) => {
  if (CORSRules.length === 0 || CORSRules.length > 100) throw refuse('MalformedXML')
  for (const { AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [] } of CORSRules) {
    if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw refuse('MalformedXML')
    const unknown = AllowedMethods.find((method) => !METHODS.includes(method))
    if (unknown !== undefined) throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`)
    const star = [...AllowedOrigins.map((text) => ['AllowedOrigin', text] as const), ...AllowedHeaders.map((text) => ['AllowedHeader', text] as const)].find(([, text]) => text.split('*').length > 2)
    if (star) throw invalidRequest(`${star[0]} "${star[1]}" can not have more than one wildcard.`)
  }
})

export const getBucketCors = getSetting(GetBucketCors$, 'CORSConfiguration', 's3:GetBucketCORS', 'NoSuchCORSConfiguration')

export const deleteBucketCors = deleteSetting(DeleteBucketCors$, 'CORSConfiguration', 's3:PutBucketCORS')
