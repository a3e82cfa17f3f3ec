import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import programFiles from '../sandbox/program/files.cjs'
import { sessionSecret, takeDataFolder } from './data-folder.mjs'
import { Failure } from './failure.mjs'
import { Parts } from './parts.mjs'
import { isPortFree } from './ports.mjs'
import { build, generate, install, requireNode, root } from './prepare.mjs'
import { sleep } from './processes.mjs'

/*
 * `npm start`: database, sandbox and web application, with one URL. Everything imported above is plain Node, because
 * on a clean clone there is nothing else yet.
 */

const parts = new Parts((sentence) => finish(1, sentence))
let lock
let ending

process.on('SIGINT', () => finish(0))
process.on('SIGTERM', () => finish(0))
process.on('SIGHUP', () => finish(0))

// npm does not pass a SIGTERM on: when it is gone, so is whoever wanted Worklab to run.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && finish(0), 250).unref()

start().catch((error) => finish(1, error instanceof Failure ? error.message : error.stack))

async function start() {
  requireNode()
  const dataFolder = path.resolve(root, process.env.WORKLAB_DATA || '.data')
  lock = takeDataFolder(dataFolder)
  await install(adopt)
  const settings = await readSettings()
  await requirePort('PORT', settings.port, settings.host)
  if (settings.backend === 'embedded') await requirePort('SANDBOX_PORT', settings.sandboxPort)
  await generate(adopt)
  await build(adopt)
  if (ending) return

  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // Whoever starts Worklab can do nothing about which Node.js the SDK's later versions will want.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    PORT: String(settings.port),
    HOST: settings.host,
    WORKLAB_DATA: dataFolder,
    SANDBOX_PORT: String(settings.sandboxPort),
    SANDBOX_ADMIN_TOKEN: randomBytes(32).toString('hex'),
    NEXTAUTH_SECRET: settings.nextauthSecret ?? sessionSecret(dataFolder),
    NEXTAUTH_URL: settings.publicUrl,
  }
  await Promise.all([startDatabase(settings, dataFolder, env), settings.backend === 'embedded' && startSandbox(settings, dataFolder, env)])
  if (ending) return

  parts.start('web', [path.join('node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-H', settings.host, '-p', String(settings.port)], {
    cwd: root,
    env,
    logFile: path.join(dataFolder, 'logs', 'web.log'),
  })
  await becomesHealthy(`http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host.replace('0.0.0.0', '127.0.0.1')}:${settings.port}/api/health`)
  if (ending) return
  lock.say(settings.publicUrl)
  console.log(`Worklab: ${settings.publicUrl}`)
}

/** The one file that knows the settings is TypeScript, so it can be read only now that the packages are there. */
async function readSettings() {
  const { register } = await import('tsx/esm/api')
  register()
  try {
    const { readSettings: read } = await import('../lib/settings.ts')
    return read(process.env)
  } catch (error) {
    throw error.name === 'SettingsError' ? new Failure(error.message) : error
  }
}

/** Takes charge of a process that does its work and ends. */
function adopt(child) {
  parts.add('step', child, { signal: 'SIGTERM', target: -child.pid, mayEnd: true })
}

async function requirePort(name, port, host) {
  if (await isPortFree(port, host)) return
  throw new Failure(`Port ${port} is in use: stop what listens there, or set ${name} to another port.`)
}

async function startDatabase(settings, dataFolder, env) {
  env.DATABASE_URL = settings.databaseUrl
  if (!env.DATABASE_URL) {
    const { startPostgres } = await import('./postgres.mjs')
    let part
    const { url } = await startPostgres(dataFolder, (child) => {
      // SIGINT ends PostgreSQL at once and cleanly; SIGTERM would wait for its clients.
      part = parts.add('database', child, { signal: 'SIGINT', target: child.pid, logFile: path.join(dataFolder, 'logs', 'postgres.log'), mayEnd: true })
    })
    part.mayEnd = false
    env.DATABASE_URL = url
  }
  // In a process of its own, whose memory goes when it has migrated.
  const migrate = spawn(process.execPath, ['--import', 'tsx', 'prisma/cli.ts', 'migrate'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  adopt(migrate)
  let output = ''
  migrate.stderr.on('data', (chunk) => (output += chunk))
  migrate.stdout.resume()
  const code = await new Promise((resolve) => migrate.on('close', resolve))
  if (code !== 0 && !ending) throw new Failure(`Migrating the database failed: ${output.trim()}`)
}

async function startSandbox(settings, dataFolder, env) {
  const logFile = path.join(dataFolder, 'logs', 'sandbox.log')
  const data = path.join(dataFolder, 'sandbox')
  const ready = new Promise((resolve) => {
    parts.start('sandbox', [...programFiles.FLAGS, 'sandbox/program/run.cjs', '--port', String(settings.sandboxPort), '--data', data, '--auth', 'strict'], {
      cwd: root,
      env,
      logFile,
      onLine(line) {
        if (/^\{.*"ready":\s*true/.test(line)) resolve()
        else fs.appendFileSync(logFile, `${line}\n`)
      },
    })
  })
  const late = sleep(60_000).then(() => 'late')
  if ((await Promise.race([ready, late])) === 'late') throw new Failure(`The sandbox did not become ready within a minute: see ${logFile}.`)
  const answer = await fetch(`${settings.sandboxUrl}/_worklab/status`, { headers: { authorization: `Bearer ${env.SANDBOX_ADMIN_TOKEN}` } })
  const { isolation } = await answer.json()
  if (isolation !== 'none') return
  if (!settings.loopbackOnly) throw new Failure(`Without bubblewrap the learners' code would run unconfined, so Worklab does not serve others (HOST is ${settings.host}): install bubblewrap, or leave HOST at 127.0.0.1.`)
  console.log('Note: bubblewrap is not installed, so learner code runs with your own rights. Run only code that you trust.')
}

async function becomesHealthy(url) {
  const deadline = Date.now() + 60_000
  while (!ending) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > deadline) throw new Failure(`The web application did not answer on ${url} within a minute.`)
    await sleep(25)
  }
}

/** Ends all parts and this process. A second call, such as another Ctrl-C, changes nothing. */
async function finish(code, sentence) {
  if (ending) return
  ending = true
  if (sentence) console.error(sentence)
  process.exitCode = code
  await parts.stop()
  lock?.release()
  process.exit()
}
