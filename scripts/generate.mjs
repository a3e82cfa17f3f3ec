import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/*
 * Generates the Prisma client without Prisma's native engine: `prisma generate` does not run it, it only wants the
 * named file to be there.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const result = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
  env: { PRISMA_SCHEMA_ENGINE_BINARY: `${root}package.json`, ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
})
if (result.status !== 0) process.stderr.write(result.stdout + result.stderr)
process.exitCode = result.status ?? 1
