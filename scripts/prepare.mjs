import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.mjs'

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

const inRoot = (...names) => path.join(root, ...names)

/** @typedef {(child: import('node:child_process').ChildProcess) => void} Adopt takes charge of a process, which then has a group of its own */

/** @throws Failure on a Node that is too old */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Failure(`Worklab needs Node 20.19 or later (20, 22 or 24), and this is Node ${version}.`)
}

/**
 * Installs the packages that package-lock.json names, unless exactly they are there. Not by `npm ci`: that refuses a lock
 * file without the packages of other systems, which a registry mirror may not carry.
 *
 * @param {Adopt} [adopt]
 */
export async function install(adopt) {
  if (isInstalled()) return
  await step('Installing packages (the first time only, a minute or so)', npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']), {
    // With a file named here, Prisma's installer does not try to download its native engine.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: inRoot('package.json'), PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    adopt,
  })
}

/**
 * Generates the Prisma client where the schema has changed.
 *
 * @param {Adopt} [adopt]
 */
export async function generate(adopt) {
  const stamp = inRoot('lib', 'generated', 'stamp')
  const now = hashOf([inRoot('prisma', 'schema.prisma'), inRoot('node_modules', 'prisma', 'package.json')])
  if (readOr(stamp) === now) return
  await step('Generating the database client', [process.execPath, inRoot('scripts', 'generate.mjs')], { adopt })
  fs.writeFileSync(stamp, now)
}

/**
 * Builds the web application where a source file has changed since the last build.
 *
 * @param {Adopt} [adopt]
 */
export async function build(adopt) {
  const stamp = inRoot('.next', 'worklab-sources')
  const now = hashOf(sources())
  if (readOr(stamp) === now) return
  fs.rmSync(stamp, { force: true })
  await step('Building the web application', [process.execPath, inRoot('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    adopt,
  })
  fs.writeFileSync(stamp, now)
}

/** npm's own record of what it put into node_modules is compared with the lock file. */
function isInstalled() {
  const record = readOr(inRoot('node_modules', '.package-lock.json'))
  if (!record) return false
  const present = JSON.parse(record).packages
  const wanted = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([name, { version, optional, peer }]) => {
    if (name === '' || present[name]?.version === version) return true
    // Made for another system, or wanted by nobody here.
    return !present[name] && (optional || peer)
  })
}

const sourceRoots = ['app', 'components', 'content', 'labs', 'lib', 'messages', 'prisma', 'public']

function sources() {
  const files = fs.readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile() && /^(package-lock\.json|tsconfig\.json|.*\.(ts|mjs))$/.test(entry.name))
  const walk = (folder) =>
    fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(folder, entry.name)
      return entry.isDirectory() ? walk(file) : [file]
    })
  const below = sourceRoots.filter((name) => fs.existsSync(inRoot(name))).flatMap((name) => walk(inRoot(name)))
  // The one file of the sandbox that pages use: when a schedule runs next.
  const shared = inRoot('sandbox', 'schedule-expression.ts')
  return [...files.map((entry) => inRoot(entry.name)), ...(fs.existsSync(shared) ? [shared] : []), ...below]
    .filter((file) => !/\.test\.tsx?$|next-env\.d\.ts$/.test(file) && !file.startsWith(inRoot('lib', 'generated')))
    .sort()
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function readOr(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}

/** How to call npm: the very one that called us, else the one on the PATH. */
function npm(args) {
  const own = process.env.npm_execpath
  return own && /\.[cm]?js$/.test(own) && fs.existsSync(own) ? [process.execPath, own, ...args] : ['npm', ...args]
}

/** Runs a long step with a line before and after it; what it prints is shown only where it fails. */
async function step(title, [program, ...args], { env = {}, adopt }) {
  const start = Date.now()
  console.log(`${title} …`)
  requireWritable()
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, detached: adopt !== undefined, stdio: ['ignore', 'pipe', 'pipe'] })
  adopt?.(child)
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', resolve)
  })
  if (code !== 0) throw new Failure(`${output.trim()}\n${title} failed (${typeof code === 'number' ? `exit code ${code}` : code}).`)
  console.log(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`)
}

function requireWritable() {
  try {
    fs.accessSync(root, fs.constants.W_OK)
  } catch {
    throw new Failure(`No permission to write in ${root}: Worklab installs and builds there, so run it once as the owner of that folder.`)
  }
}
