import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/lib/generated/prisma/client'
import { settings } from '@/lib/settings'

// `next dev` evaluates this module anew after each change; the connections must not pile up.
const kept = globalThis as { worklabDb?: PrismaClient }

/** The database. Connects at the first query, to DATABASE_URL. */
export const db = (kept.worklabDb ??= new PrismaClient({ adapter: new PrismaPg({ connectionString: settings.databaseUrl }) }))
