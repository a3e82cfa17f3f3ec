import { defineConfig } from 'prisma/config'

// For the Prisma CLI only (generate, format, studio). Worklab itself migrates through prisma/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  ...(process.env.DATABASE_URL && { datasource: { url: process.env.DATABASE_URL } }),
})
