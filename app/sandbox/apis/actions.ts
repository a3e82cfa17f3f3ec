'use server'

import { z } from 'zod'
import type { KeptRequest } from '@/components/api-tester/kept-requests'
import { apiRequest, withoutSecrets, type ApiRequest } from '@/components/api-tester/request'
import { Refused, refusalOf, type Refusal } from '@/components/lab/refusal'
import { viewerForAction } from '@/lib/auth'
import { db } from '@/lib/db'

/** Saved requests that a learner may have, and characters of a body. */
const MOST = 200
const BODY = 100_000

const name = z.string().trim().min(1).max(80)
const saving = z.object({ name, request: apiRequest.extend({ body: z.string().max(BODY), path: z.string().max(4_000) }) })

/** Saves a request under a name, in the folder of its API; one of that name is replaced. Secrets in it are not kept. */
export async function saveRequest(sent: { name: string; request: ApiRequest }): Promise<{ ok: true; kept: KeptRequest } | Refusal> {
  try {
    const { id: userId } = await viewerForAction()
    const read = saving.safeParse(sent)
    if (!read.success) throw new Refused('invalid')
    const request = withoutSecrets(read.data.request)
    const key = { userId, apiId: request.apiId, name: read.data.name }
    const others = await db.apiRequest.count({ where: { userId, name: { not: null } } })
    if (others >= MOST) throw new Refused('tooLarge')
    const { id, at } = await db.apiRequest.upsert({ where: { userId_apiId_name: key }, create: { ...key, request }, update: { request, at: new Date() } })
    return { ok: true, kept: { id, name: key.name, request, at: at.toISOString() } }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Gives a saved request of the learner's own another name. `taken` where another of that API has it. */
export async function renameRequest(sent: { id: string; name: string }): Promise<{ ok: true; taken?: true } | Refusal> {
  try {
    const { id: userId } = await viewerForAction()
    const read = z.object({ id: z.string(), name }).safeParse(sent)
    if (!read.success) throw new Refused('invalid')
    const one = await db.apiRequest.findFirst({ where: { id: read.data.id, userId } })
    if (!one) throw new Refused('closed')
    const other = await db.apiRequest.findUnique({ where: { userId_apiId_name: { userId, apiId: one.apiId, name: read.data.name } } })
    if (other && other.id !== one.id) return { ok: true, taken: true }
    await db.apiRequest.update({ where: { id: one.id }, data: { name: read.data.name } })
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Forgets a saved request of the learner's own. */
export async function deleteRequest(id: string): Promise<{ ok: true } | Refusal> {
  try {
    const viewer = await viewerForAction()
    await db.apiRequest.deleteMany({ where: { id: z.string().parse(id), userId: viewer.id } })
    return { ok: true }
  } catch (error) {
    return refusalOf(error)
  }
}
