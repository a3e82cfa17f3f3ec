import { db } from '@/lib/db'

export const dynamic = 'force-dynamic'

/** Whether this process answers and reaches its database; `npm start` waits for it. */
export async function GET(): Promise<Response> {
  await db.$queryRaw`SELECT 1`
  return Response.json({ status: 'ok' })
}
