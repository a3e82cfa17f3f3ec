import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { freePort } from './ports.mjs'
import { build, generate, install, requireNode, root } from './prepare.mjs'

/*
 * `npm test`: types, lint, unit tests, production build, browser tests against that build. All of it runs even where a
 * part fails, and the last line sums up: a type, lint or build that fails counts as one failed test.
 *
 * npm run browser [-- words for playwright]   only the build and the browser tests
 */

/** What is run, by file: the shims in node_modules/.bin differ between systems. */
const programs = {
  next: 'node_modules/next/dist/bin/next',
  tsc: 'node_modules/typescript/bin/tsc',
  eslint: 'node_modules/eslint/bin/eslint.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
}

const onlyBrowser = process.argv[2] === 'browser'
const playwrightArgs = process.argv.slice(onlyBrowser ? 3 : 2)
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'worklab-test-'))
const count = { passed: 0, failed: 0, skipped: 0 }
let instance

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stopInstance().then(() => process.exit(130)))

await main().catch((error) => {
  count.failed++
  console.error(error instanceof Failure ? error.message : error)
})
await stopInstance()
fs.rmSync(reports, { recursive: true, force: true })
console.log()
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`)
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0)

async function main() {
  requireNode()
  await install()
  await generate()
  if (!onlyBrowser) {
    await whole('Types', async () => (await node('next', ['typegen'])) && (await node('tsc', ['--noEmit'])))
    await whole('Lint', () => node('eslint', ['.', '--max-warnings=0']))
    title('Unit tests')
    await node('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/vitest.json`])
    addVitest(`${reports}/vitest.json`)
  }
  if (!(await whole('Production build', () => build().then(() => true)))) return
  title('Browser tests')
  const browser = await findBrowser()
  if (!browser) return
  const env = { ...(await startInstance()), ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/playwright.json` }
  await node('playwright', ['test', '--reporter=list,json', ...playwrightArgs], env)
  addPlaywright(`${reports}/playwright.json`)
}

function title(text) {
  console.log(`\n== ${text}`)
}

/** A part that counts as one: nothing when it is well, one failed test when it is not. */
async function whole(name, run) {
  title(name)
  try {
    if (await run()) return true
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error)
  }
  console.error(`${name}: failed`)
  count.failed++
  return false
}

/** Runs one of the programs above, showing what it prints. Gives whether it succeeded. */
function node(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [programs[program], ...args], {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('close', (code) => resolve(code === 0))
  })
}

function addVitest(file) {
  const report = readReport(file, 'The unit tests')
  if (!report) return
  count.passed += report.numPassedTests
  count.failed += report.numFailedTests
  count.skipped += report.numPendingTests + report.numTodoTests
  // A file that cannot be loaded has no tests to fail.
  count.failed += report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
}

function addPlaywright(file) {
  const report = readReport(file, 'The browser tests')
  if (!report) return
  count.passed += report.stats.expected
  count.failed += report.stats.unexpected + report.stats.flaky + report.errors.length
  count.skipped += report.stats.skipped
}

function readReport(file, what) {
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'))
  console.error(`${what} ended without a report.`)
  count.failed++
}

/** Playwright's own Chromium if it is installed, else the machine's. Gives the environment that names it. */
async function findBrowser() {
  const { chromium } = await import('playwright')
  const candidates = [undefined, process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  for (const executablePath of candidates.filter((file, index) => index === 0 || (file && fs.existsSync(file)))) {
    try {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
      await browser.close()
      return executablePath ? { CHROMIUM_PATH: executablePath } : {}
    } catch {
      // Not this one: the next may start.
    }
  }
  console.error('No browser could be started: run `npx playwright install --with-deps chromium`, install the package chromium, or set CHROMIUM_PATH.')
  count.failed++
  return undefined
}

/** Starts Worklab on free ports with data of its own. Gives the environment that the browser tests need to reach it. */
async function startInstance() {
  const settings = {
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
    WORKLAB_DATA: fs.mkdtempSync(path.join(os.tmpdir(), 'worklab-data-')),
  }
  // Only what the tests say: the settings of whoever runs them must not lead to their own database.
  const { DATABASE_URL: _, WORKLAB_BACKEND: __, AWS_ENDPOINT_URL: ___, NEXTAUTH_URL: ____, HOST: _____, ...rest } = process.env
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: { ...rest, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] })
  instance = { child, data: settings.WORKLAB_DATA, ended: new Promise((resolve) => child.once('exit', resolve)) }
  let output = ''
  const baseUrl = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      const url = /^Worklab: (\S+)$/m.exec(output)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', () => reject(new Failure(`Worklab did not start: ${output}`)))
  })
  return { ...settings, BASE_URL: baseUrl }
}

async function stopInstance() {
  if (!instance) return
  const { child, data, ended } = instance
  instance = undefined
  child.kill('SIGTERM')
  await ended
  fs.rmSync(data, { recursive: true, force: true })
}
