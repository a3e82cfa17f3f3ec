import { GetBucketAccelerateConfiguration$, GetBucketLogging$, GetBucketReplication$, GetBucketRequestPayment$, GetObjectLockConfiguration$, PutBucketRequestPayment$ } from '@aws-sdk/client-s3'
import { getSetting, putSetting } from '../bucket-setting'

/** What a bucket tells of what it does not have here: as one on AWS where nothing was set. */
export const getBucketAccelerateConfiguration = getSetting(GetBucketAccelerateConfiguration$, 'AccelerateConfiguration', 's3:GetAccelerateConfiguration', {})

export const getBucketLogging = getSetting(GetBucketLogging$, 'BucketLoggingStatus', 's3:GetBucketLogging', {})

export const getBucketReplication = getSetting(GetBucketReplication$, 'ReplicationConfiguration', 's3:GetReplicationConfiguration', 'ReplicationConfigurationNotFoundError')

export const getObjectLockConfiguration = getSetting(GetObjectLockConfiguration$, 'ObjectLockConfiguration', 's3:GetBucketObjectLockConfiguration', 'ObjectLockConfigurationNotFoundError')

export const getBucketRequestPayment = getSetting(GetBucketRequestPayment$, 'RequestPaymentConfiguration', 's3:GetBucketRequestPayment', { Payer: 'BucketOwner' })

/** Nobody pays here, so that it is only kept. */
export const putBucketRequestPayment = putSetting(PutBucketRequestPayment$, 'RequestPaymentConfiguration', 's3:PutBucketRequestPayment')
