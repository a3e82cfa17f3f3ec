/**
 * Builds the sandbox's program into dist/sandbox: one JavaScript file that runs each module when something of it is first
 * used, so that a start loads little. docs/decisions/031-a-program-that-loads-late.md says why.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { build, transformSync } from 'esbuild'
import files from './files.cjs'

const { BESIDE, FLAGS, folder, program, root, stateOf } = files
const sources = join(root, 'sandbox/')
/** These find files of their own beside them: a native addon, the data of IAM's actions. */
const LEFT_OUT = /^(classic-level\/binding|@cloud-copilot\/iam-data)(\.js)?$/

/** What the modules' code that `transform` writes calls; once for all of them. */
const HELPERS = `
var __export = (exports, members) => { for (const name in members) Object.defineProperty(exports, name, { get: members[name], enumerable: true, configurable: true }) }
var __toCommonJS = (exports) => Object.defineProperty(exports, '__esModule', { value: true })
var __toESM = (module) => (module?.__esModule ? module : Object.defineProperty({ ...module }, 'default', { value: module }))
var __reExport = (exports, ...modules) => { for (const module of modules) for (const name in module) if (name !== 'default' && !Object.hasOwn(exports, name)) Object.defineProperty(exports, name, { get: () => module[name], enumerable: true, configurable: true }) }
`

/** Turns every import of an ES module of the sandbox or of AWS into one that is taken when something of it is first used. */
const late = {
  name: 'late',
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, namespace, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === 'resolved' || kind === 'entry-point') return undefined
      const isLate = namespace !== 'file'
      // A package has to be there once: as the module that other packages' imports find, not as the one for require().
      const found = await resolve(path, { kind: isLate && kind === 'require-call' ? 'import-statement' : kind, importer, resolveDir, pluginData: 'resolved' })
      if (found.errors.length > 0) return { errors: found.errors }
      const inPackage = found.path.split('node_modules/').at(-1)
      if (LEFT_OUT.test(path) || LEFT_OUT.test(inPackage)) return { path: path.startsWith('.') ? inPackage : path, external: true }
      if (found.path.startsWith(sources)) note(relative(root, found.path))
      // In a namespace of its own, where no package.json says that it is an ES module.
      return found.namespace === 'file' && isModule(found.path) ? { path: found.path, namespace: 'late' } : found
    })
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({ contents: lateModule(path, readFileSync(path, 'utf8')), resolveDir: dirname(path) }))
  },
}

/** States of the files that the program is made of, from before they are read. */
const states = new Map(BESIDE.map((name) => [name, stateOf(name)]))

function note(name) {
  if (!states.has(name)) states.set(name, stateOf(name))
}

const isModuleAt = new Map()

/** The sandbox's own ES modules and AWS's, whose order does not matter; other packages are left to esbuild, which keeps theirs. */
function isModule(path) {
  if (!path.startsWith(sources) && !/node_modules\/@(aws-sdk|smithy)\//.test(path)) return false
  if (!isModuleAt.has(path)) isModuleAt.set(path, /\.m?ts$/.test(path) || (/\.m?js$/.test(path) && /^\s*(import|export)\b/m.test(readFileSync(path, 'utf8'))))
  return isModuleAt.get(path)
}

function lateModule(path, text) {
  const source = text.replaceAll('import.meta.url', `fileUrl(${JSON.stringify(relative(root, path))})`)
  const { code } = transformSync(source, { loader: path.endsWith('ts') ? 'ts' : 'js', format: 'cjs', target: 'node20' })
  const alone = code.replace(/^[^]*?^(?=var stdin_exports = \{\};$)/m, '')
  // Packages may count on what running their modules does, as velocityjs does.
  if (!path.startsWith(sources)) return alone
  // An import comes out as `var import_x = require("x")` and its uses as `import_x.member`.
  return alone.replace(/^var (import_\w+) = (.*);$/gm, 'var $1; function late_$1() { return $1 ??= $2; }').replace(/(?<![\w$])(import_\w+)\./g, '(late_$1()).')
}

/** The SDK's packages without clients and commands: the sandbox wants their schemas, exceptions and enums alone. */
const schemasOnly = {
  name: 'schemas-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/client-[^/]+$/ }, ({ path }) => ({ path, namespace: 'schemas-only' }))
    onLoad({ filter: /./, namespace: 'schemas-only' }, ({ path }) => ({
      contents: lateModule(path, ['schemas/schemas_0', 'models/errors', 'models/enums'].map((part) => `export * from './${part}.js'`).join('\n')),
      resolveDir: join(root, 'node_modules', path, 'dist-es'),
    }))
  },
}

const { outputFiles } = await build({
  stdin: { contents: `require('./main')`, resolveDir: sources },
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // What is not there is not held in memory. Who looks for a defect runs the modules: node --import tsx sandbox/main.ts.
  minify: true,
  lineLimit: 120,
  legalComments: 'none',
  plugins: [schemasOnly, late],
  logLevel: 'error',
})
const stamp = { node: process.version, id: randomUUID(), files: Object.fromEntries(states) }
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (name.endsWith('.cache')) rmSync(join(folder, name), { force: true })
// Aside first: another sandbox may be reading the old one, or building too.
const aside = `${program}.${process.pid}`
writeFileSync(aside, `// ${JSON.stringify(stamp)}\n(function (require, fileUrl, module, exports) {${HELPERS}${outputFiles[0].text}\n})\n`)
renameSync(aside, program)
await warmUp()

/** Runs the program once, so that V8's cache has what a start and a first call take. */
async function warmUp() {
  const child = spawn(process.execPath, [...FLAGS, join(import.meta.dirname, 'run.cjs'), '--memory', '--port', '0', '--auth', 'open'], { env: { ...process.env, WORKLAB_WRITE_CACHE: '1' }, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line)
    await fetch(`${url}/_localstack/health`)
    const authorization = 'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0'
    await fetch(url, { method: 'POST', headers: { authorization, 'x-amz-date': '20260101T000000Z', 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' })
    child.stdin.end('write')
  }
  await ended
}
