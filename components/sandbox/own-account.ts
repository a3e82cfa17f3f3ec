import { getCloud } from '@/lib/cloud'
import { db } from '@/lib/db'

/**
 * The learner's account in the sandbox, made when first needed. Two requests at once make one account: the second
 * waits for the first at the learner's row.
 *
 * @throws CloudUnavailable
 */
export async function ownAccount(userId: string): Promise<string> {
  return db.$transaction(
    async (tx) => {
      const [user] = await tx.$queryRaw<{ sandboxAccountId: string | null }[]>`SELECT "sandboxAccountId" FROM "User" WHERE id = ${userId} FOR UPDATE`
      if (user?.sandboxAccountId) return user.sandboxAccountId
      const sandboxAccountId = await getCloud().createAccount()
      await tx.user.update({ where: { id: userId }, data: { sandboxAccountId } })
      return sandboxAccountId
    },
    { timeout: 20_000 },
  )
}
