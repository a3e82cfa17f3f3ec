import { db } from '@/lib/db'
import { apiRequest, withoutSecrets, type ApiRequest } from './request'

/** How many of the requests that were sent are kept for a learner. */
const SENT = 20
/** The longest body that is kept, in characters. */
const BODY = 100_000

/** A request that was kept: under a name, or as one of the last that were sent. */
export interface KeptRequest {
  id: string
  name?: string
  request: ApiRequest
  status?: number
  at: string
}

/** What a learner saved, by name, and the last that were sent, newest first; of one API or of all. */
export async function keptRequests(userId: string, apiId?: string): Promise<{ saved: KeptRequest[]; sent: KeptRequest[] }> {
  const rows = await db.apiRequest.findMany({ where: { userId, ...(apiId !== undefined && { apiId }) }, orderBy: { at: 'desc' } })
  const kept = rows.flatMap(({ id, name, request, status, at }) => {
    const read = apiRequest.safeParse(request)
    return read.success ? [{ id, request: read.data, at: at.toISOString(), ...(name !== null && { name }), ...(status !== null && { status }) }] : []
  })
  return { saved: kept.filter(({ name }) => name !== undefined).sort((a, b) => a.name!.localeCompare(b.name!)), sent: kept.filter(({ name }) => name === undefined) }
}

/** Keeps a request that was sent, without its secrets, and lets the oldest go. */
export async function keepSent(userId: string, request: ApiRequest, status: number): Promise<void> {
  const kept = withoutSecrets(request)
  await db.apiRequest.create({ data: { userId, apiId: request.apiId, status, request: { ...kept, body: kept.body.slice(0, BODY) } } })
  const old = await db.apiRequest.findMany({ where: { userId, name: null }, orderBy: { at: 'desc' }, skip: SENT, select: { id: true } })
  if (old.length > 0) await db.apiRequest.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
}
