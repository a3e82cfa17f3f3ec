import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startSandbox, type SandboxOptions } from './index'
import { installBoto3 } from './services/lambda/engine/python-packages'

const HELP = `npm run sandbox -- [--port 4566] [--host 127.0.0.1] [--data .data/sandbox | --memory] [--auth strict|open] [--isolation auto|none] [--allow-outgoing HOST[:PORT]]…
npm run sandbox -- --install-boto3 [--data .data/sandbox]   installs boto3 for Python functions, once`

/** Starts the sandbox; prints one JSON line when it is ready. */
async function main(): Promise<void> {
  // Set by a program that starts this one (program/start.cjs), with whose end this one ends.
  const given = process.env.WORKLAB_SANDBOX_OPTIONS
  const options = given === undefined ? await commandLine() : (JSON.parse(given) as SandboxOptions)
  if (!options) return
  const adminToken = process.env.SANDBOX_ADMIN_TOKEN
  const sandbox = await startSandbox({ ...options, ...(adminToken ? { adminToken } : {}) })
  console.log(JSON.stringify({ ready: true, url: sandbox.url }))

  let isEnding = false
  const end = () => {
    // Who asks twice does not want to wait for what is under way.
    if (isEnding) process.exit(1)
    isEnding = true
    sandbox.close().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  if (given !== undefined) process.stdin.on('end', end).resume()
}

/** What the command line asks for; undefined where that is done already. */
async function commandLine(): Promise<SandboxOptions | undefined> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4566' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      memory: { type: 'boolean', default: false },
      auth: { type: 'string', default: 'strict' },
      isolation: { type: 'string', default: 'auto' },
      'allow-outgoing': { type: 'string', multiple: true, default: [] },
      'install-boto3': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void console.log(HELP)
  if (values['install-boto3']) return void console.log(await installBoto3(join(values.data ?? '.data/sandbox', 'lambda')))
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port must be a number from 0 to 65535, not ${values.port}.`)
  if (values.auth !== 'strict' && values.auth !== 'open') throw new Error(`--auth must be strict or open, not ${values.auth}.`)
  if (values.isolation !== 'auto' && values.isolation !== 'none') throw new Error(`--isolation must be auto or none, not ${values.isolation}.`)
  return {
    port,
    host: values.host,
    ...(values.memory ? { memory: true, ...(values.data === undefined ? {} : { data: values.data }) } : { data: values.data ?? '.data/sandbox' }),
    auth: values.auth,
    isolation: values.isolation,
    allowOutgoing: values['allow-outgoing'],
  }
}

main().catch((error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? 'The port is in use; choose another with --port (SANDBOX_PORT).'
      : error.message
  console.error(`Sandbox: ${why}`)
  process.exit(1)
})
