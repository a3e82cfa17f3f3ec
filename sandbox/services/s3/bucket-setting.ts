import type { StaticOperationSchema } from '@smithy/types'
import { operation, type Operation } from '../../operation'
import { bucketOf, changeBucket } from './buckets'
import { refuse } from './errors'
import { onBucket } from './on-bucket'
import type { Bucket } from './records'

type Missing = Parameters<typeof refuse>[0]

/** An operation that keeps a bucket's setting as it is put. @param member of the input, that holds it; `check` throws where it will not do */
export function putSetting(schema: StaticOperationSchema, member: string, action: string, check?: (setting: any, bucket: Bucket) => void): Operation {
  return operation<any, object>(schema, {
    ...onBucket,
    action,
    async run(call) {
      const setting = call.input[member] as unknown
      if (setting === undefined) throw refuse('MalformedXML')
      await changeBucket(call, (bucket) => {
        check?.(setting, bucket)
        bucket.settings[member] = setting
      })
      return {}
    },
  })
}

/**
 * An operation that gives a setting back.
 * @param absent the error where there is none, or what S3 then tells
 * @param show how the answer holds it; as it stands where not given
 */
export function getSetting(schema: StaticOperationSchema, member: string, action: string, absent: Missing | object, show: (setting: any) => object = (setting) => setting): Operation {
  return operation<any, any>(schema, {
    ...onBucket,
    action,
    async run(call) {
      const { name, settings } = await bucketOf(call)
      const setting = settings[member] ?? (typeof absent === 'string' ? undefined : absent)
      if (setting === undefined) throw refuse(absent as Missing, { BucketName: name })
      return show(withDates(setting))
    },
  })
}

/** An operation that takes a setting away. */
export function deleteSetting(schema: StaticOperationSchema, member: string, action: string): Operation {
  return operation<any, object>(schema, {
    ...onBucket,
    action,
    async run(call) {
      await changeBucket(call, (bucket) => void delete bucket.settings[member])
      return {}
    },
  })
}

/** Times were written as text. */
function withDates(value: any): any {
  if (Array.isArray(value)) return value.map(withDates)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, name === 'Date' && typeof item === 'string' ? new Date(item) : withDates(item)]))
}
