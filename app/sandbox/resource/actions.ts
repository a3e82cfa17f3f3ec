'use server'

import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { z } from 'zod'
import { refusalOf, Refused, type Refusal } from '@/components/lab/refusal'
import { learnersAccount } from '@/components/resource/run-call'
import { accountForAction } from '@/components/sandbox/account-for-action'
import { viewerForAction } from '@/lib/auth'
import { db } from '@/lib/db'

/** Test events that one function may have, and characters of one. */
const EVENTS = 50
const EVENT_LENGTH = 400_000

const functionName = z.string().min(1).max(140)
const eventName = z.string().trim().min(1).max(60)
const savedEvent = z.object({ functionName, name: eventName, json: z.string().max(EVENT_LENGTH) })

/** Keeps a test event of a function under its name; one of that name is replaced. */
export async function saveTestEvent(event: z.input<typeof savedEvent>): Promise<{ ok: true } | Refusal> {
  try {
    const { id: userId } = await viewerForAction()
    const sent = savedEvent.safeParse(event)
    if (!sent.success) throw new Refused('invalid')
    const { json, ...key } = sent.data
    const others = await db.testEvent.count({ where: { userId, functionName: key.functionName, name: { not: key.name } } })
    if (others >= EVENTS) throw new Refused('tooLarge')
    await db.testEvent.upsert({ where: { userId_functionName_name: { userId, ...key } }, create: { userId, ...key, json }, update: { json } })
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Forgets a test event of the learner's own. */
export async function deleteTestEvent(event: { functionName: string; name: string }): Promise<{ ok: true } | Refusal> {
  try {
    const { id: userId } = await viewerForAction()
    const sent = z.object({ functionName, name: eventName }).safeParse(event)
    if (!sent.success) throw new Refused('invalid')
    await db.testEvent.deleteMany({ where: { userId, ...sent.data } })
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}

/** The furthest that a clock is moved at once, in seconds: a year. */
const FURTHEST = 366 * 86_400

/** Moves the clock of the learner's own account forward. Gives its new time. */
export async function moveClock(forwardSeconds: number): Promise<{ ok: true; now: string; aheadBySeconds: number } | Refusal> {
  try {
    const { accountId, cloud } = await accountForAction()
    const sent = z.int().min(1).max(FURTHEST).safeParse(forwardSeconds)
    if (!sent.success) throw new Refused('invalid')
    return { ok: true, ...(await cloud.moveClock(accountId, sent.data)) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** A link that gives an object to whoever has it, for a time. It is made here and not asked of AWS: whether it works is seen when it is used. */
export async function presignObject(object: { bucket: string; key: string; seconds: number }): Promise<{ ok: true; url: string } | Refusal> {
  try {
    const { clients } = await learnersAccount()
    const sent = z.object({ bucket: z.string().min(1), key: z.string().min(1), seconds: z.int().min(1).max(604_800) }).safeParse(object)
    if (!sent.success) throw new Refused('invalid')
    const { bucket, key, seconds } = sent.data
    return { ok: true, url: await getSignedUrl(clients.s3, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds }) }
  } catch (error) {
    return refusalOf(error)
  }
}
