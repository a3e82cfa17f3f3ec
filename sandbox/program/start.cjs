const { spawn } = require('node:child_process')
const { randomBytes } = require('node:crypto')
const { createInterface } = require('node:readline')
const { FLAGS } = require('./files.cjs')

const ENDS_WITHIN_MS = 20_000

/**
 * Starts the sandbox in a process of its own, which ends with this one: whatever a test runner does to modules and globals
 * stays outside.
 *
 * @type {typeof import('./start.cjs').startSandbox}
 */
async function startSandbox(options = {}) {
  const { adminToken = randomBytes(24).toString('hex'), ...rest } = options
  const env = { ...process.env, SANDBOX_ADMIN_TOKEN: adminToken, WORKLAB_SANDBOX_OPTIONS: JSON.stringify({ port: 0, ...(rest.data === undefined ? { memory: true } : {}), ...rest }) }
  // Not for this program: options of a test runner's own processes, such as its loaders.
  delete env.NODE_OPTIONS
  const child = spawn(process.execPath, [...FLAGS, `${__dirname}/run.cjs`], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('{"ready"') && resolve(JSON.parse(line).url))
    child.once('error', reject)
    void ended.then(() => reject(new Error(said.trim().replace(/^Sandbox: /, '') || 'The sandbox ended before it was ready.')))
  })
  // A test runner ends when nothing is left to do; a sandbox that nobody closed must not keep it.
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) handle.unref()
  return {
    url,
    port: Number(new URL(url).port),
    adminToken,
    async close() {
      child.ref()
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

module.exports = { startSandbox }
