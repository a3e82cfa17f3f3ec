import type { z } from 'zod'
import type { Call } from './call'
import { dynamodbCalls } from './dynamodb'
import { eventsCalls } from './events'
import { lambdaCalls } from './lambda'
import { logsCalls } from './logs'
import { s3Calls } from './s3'
import { snsCalls } from './sns'
import { sqsCalls } from './sqs'

/** All calls of the views of resources, by the name that a page sends. */
export const calls = { ...dynamodbCalls, ...eventsCalls, ...lambdaCalls, ...logsCalls, ...s3Calls, ...snsCalls, ...sqsCalls }

export type CallName = keyof typeof calls

/** What a page sends for a call. */
export type CallInput<Name extends CallName> = (typeof calls)[Name] extends Call<infer Schema, any, any, any> ? z.input<Schema> : never

/** What a page gets of a call. */
export type CallAnswer<Name extends CallName> = (typeof calls)[Name] extends Call<any, any, infer Answer, any> ? Answer : never
