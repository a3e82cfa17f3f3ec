// The first process of an environment with extensions or a runtime of the function's own: opens the ports that lead out, starts
// the extensions, then the runtime, and passes on what the engine wants them to know.
// Started as `node supervisor.mjs '{"socket":…,"forward":{port: socket},"extensions":[path…],"prefix":[…],"runtime":[…],"descriptors":[…],"nodeOptions":…}'`.
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { basename } from 'node:path'

const start = JSON.parse(process.argv[2])
const env = { ...process.env, ...(start.nodeOptions === undefined ? {} : { NODE_OPTIONS: start.nodeOptions }) }
/** Lambda keeps these from extensions (Lambda developer guide, "Accessing environment variables" of extensions). */
const { _HANDLER, AWS_EXECUTION_ENV, AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, AWS_XRAY_CONTEXT_MISSING, AWS_XRAY_DAEMON_ADDRESS, LAMBDA_RUNTIME_DIR, LAMBDA_TASK_ROOT, ...extensionEnv } = env
const running = new Set()
let runtime
let ending = false

function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: start.socket, method, path }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString() || 'null')))
    })
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Starts a program; what becomes of it is told to the engine. */
function run(argv, stdio, environment, about) {
  const [program, ...args] = [...start.prefix, ...argv]
  const child = spawn(program, args, { stdio, env: environment })
  running.add(child)
  let over = false
  const end = (code, signal) => {
    if (over) return
    over = true
    running.delete(child)
    const told = ask('POST', '/supervisor/exit', { ...about, code, signal }).catch(() => {})
    if (ending && running.size === 0) void told.then(() => process.exit(0))
  }
  child.on('exit', end)
  child.on('error', () => end(127, null))
  return child
}

function post({ port, path, body }) {
  const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } }, (response) => response.resume())
  // An extension that does not listen (any more) misses its records.
  sent.on('error', () => {}).end(body)
}

for (const [port, path] of Object.entries(start.forward)) {
  const listener = createServer((client) => {
    const server = connect(path)
    client.pipe(server).pipe(client)
    client.on('error', () => server.destroy()).on('close', () => server.destroy())
    server.on('error', () => client.destroy()).on('close', () => client.destroy())
  })
  await new Promise((opened) => listener.listen(Number(port), '127.0.0.1', opened))
}
for (const extension of start.extensions) run([extension], ['ignore', 'inherit', 'inherit'], extensionEnv, { extension: basename(extension) })
for (;;) {
  for (const command of await ask('GET', '/supervisor/commands').catch(() => process.exit(0))) {
    if (command.start) runtime = run(start.runtime, ['ignore', 'inherit', 'inherit', ...start.descriptors], env, {})
    else if (command.post) post(command.post)
    else if (command.terminate) {
      ending = true
      runtime?.kill('SIGTERM')
      if (running.size === 0) process.exit(0)
    }
  }
}
