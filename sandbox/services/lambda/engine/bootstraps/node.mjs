// Runs a Node.js handler: loads it, then takes events from the Lambda Runtime API and posts what the handler answers.
// Started as `node node.mjs '{"socket":…,"forward":{port: socket},"modules":[…]}'`; nothing but built-in modules, and of these few,
// because everything loaded here makes each cold start longer.
import { closeSync, existsSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'

const env = process.env
const start = JSON.parse(env._WORKLAB_START ?? process.argv[2])
delete env._WORKLAB_START
process.argv.length = 2
const api = '/2018-06-01/runtime'
const logDescriptor = 3
/** Since Node.js 24 Lambda knows no callbacks: what the handler returns, promise or not, is the answer. */
const node24 = env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x'

closeInherited()

/**
 * Closes what the sandbox had open without meaning to pass it on: native libraries open files (its database) that every child
 * inherits. At this point Node.js itself has neither files nor sockets open beyond the first four descriptors.
 */
function closeInherited() {
  if (!existsSync('/proc/self/fd')) return
  for (const name of readdirSync('/proc/self/fd')) {
    if (Number(name) <= logDescriptor) continue
    try {
      if (/^(\/|socket:)/.test(readlinkSync(`/proc/self/fd/${name}`))) closeSync(Number(name))
    } catch {
      // The descriptor of this very listing, closed already.
    }
  }
}

/** The invocation under way; empty during initialisation, when log lines say `undefined` as Lambda's do. */
let current
let exiting = false

// ---- Runtime API: HTTP/1.1 by hand over one connection kept open, so that a response and the next long poll leave together.

const socket = connect(start.socket)
const waiting = []
let received = Buffer.alloc(0)
socket.on('data', (chunk) => {
  received = received.length ? Buffer.concat([received, chunk]) : chunk
  for (;;) {
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const [, ...lines] = received.toString('latin1', 0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }))
    const length = Number(headers['content-length'] ?? 0)
    if (received.length < end + 4 + length) return
    const body = received.subarray(end + 4, end + 4 + length)
    received = received.subarray(end + 4 + length)
    waiting.shift()({ headers, body })
  }
})
// Without its engine an environment has nothing left to do; this also ends it when the engine was killed.
socket.on('close', () => process.exit(0))
socket.on('error', () => {})

function send(method, path, headers = {}, body = '') {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body)
  const lines = Object.entries({ Host: env.AWS_LAMBDA_RUNTIME_API, 'Content-Length': bytes.length, ...headers })
  const head = `${method} ${api}${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  socket.ref()
  socket.write(Buffer.concat([Buffer.from(head), bytes]))
  return new Promise((answered) => waiting.push(answered))
}

const next = () => send('GET', '/invocation/next')
const respond = (id, body, headers) => send('POST', `/invocation/${id}/response`, headers, body)
const postError = (path, error) =>
  send('POST', path, { 'Content-Type': 'application/json', 'Lambda-Runtime-Function-Error-Type': errorType(error) }, JSON.stringify(errorBody(error)))

// ---- Log: Lambda's line format, a message of several lines kept as one event.

function emit(level, message) {
  const now = new Date()
  writeFrame(`${now.toISOString()}\t${current?.id}\t${level}\t${message}\n`, now.getTime())
}

const json = env.AWS_LAMBDA_LOG_FORMAT === 'JSON'
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
const least = json ? levels.indexOf(env.AWS_LAMBDA_LOG_LEVEL) : 0

/** One value as it is, several formatted to one text, an error's parts beside it. */
function emitJson(level, values) {
  const now = new Date()
  const line = { timestamp: now.toISOString(), level, requestId: current?.id }
  if (values.length === 1) line.message = values[0]
  else {
    line.message = format(...values)
    const error = values.find((value) => value instanceof Error)
    if (error) Object.assign(line, errorParts(error))
  }
  let text
  try {
    text = JSON.stringify(line, (_key, value) => (value instanceof Error ? { ...errorParts(value), ...value } : value))
  } catch {
    text = JSON.stringify({ ...line, message: format(line.message) })
  }
  writeFrame(`${text}\n`, now.getTime())
}

function errorParts(error) {
  return { errorType: error.constructor?.name ?? 'UnknownError', errorMessage: error.message, stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [] }
}

function writeFrame(message, timestamp) {
  const text = Buffer.from(message)
  const frame = Buffer.allocUnsafe(12 + text.length)
  frame.writeUInt32BE(text.length, 0)
  frame.writeBigUInt64BE(BigInt(timestamp), 4)
  text.copy(frame, 12)
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(logDescriptor, frame, at)
    } catch (error) {
      if (error.code !== 'EAGAIN') return
    }
  }
}

for (const [method, level] of Object.entries({ log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' }))
  console[method] = json ? (...values) => levels.indexOf(level) >= least && emitJson(level, values) : (...values) => emit(level, format(...values))

function errorType(error) {
  return error instanceof Error || error?.name ? error.name : typeof error
}

/** The body of an error as callers of the function see it. */
function errorBody(error) {
  if (!(error instanceof Error)) return { errorType: errorType(error), errorMessage: String(error), trace: [] }
  const { reason } = error
  return { errorType: error.name, errorMessage: error.message, ...(reason === undefined ? {} : { reason: reason instanceof Error ? errorBody(reason) : reason }), trace: stackOf(error) }
}

/** The same error for the log, with the properties of its own that the thrower added. */
function errorForLog(error) {
  if (!(error instanceof Error)) return { errorType: errorType(error), errorMessage: String(error), trace: [] }
  return { errorType: error.name, errorMessage: error.message, ...error, stack: stackOf(error) }
}

const stackOf = (error) => (error.stack ?? '').split('\n').filter(Boolean)

function logError(what, error) {
  if (json) return emitJson('ERROR', [error instanceof Error ? { ...errorParts(error), errorType: error.name } : errorBody(error)])
  let text
  try {
    text = JSON.stringify(errorForLog(error))
  } catch {
    text = JSON.stringify(errorBody(error))
  }
  emit('ERROR', `${what} \t${text}`)
}

function named(name, message, stack) {
  const error = new Error(message)
  error.name = name
  error.stack = stack ?? error.stack.replace(/^Error/, name)
  return error
}

// ---- Errors nobody caught end the environment; the invocation under way, or the initialisation, fails with them.

async function die(what, error, status) {
  if (exiting) return
  exiting = true
  logError(what, error)
  if (current?.endStream) await current.endStream(error)
  else await postError(current ? `/invocation/${current.id}/error` : '/init/error', error)
  process.exit(status)
}

process.on('uncaughtException', (error) => void die('Uncaught Exception', error, 129))
process.on('unhandledRejection', (reason, promise) => {
  const error = named('Runtime.UnhandledPromiseRejection', String(reason), reason instanceof Error ? `Runtime.UnhandledPromiseRejection: ${reason}\n${stackOf(reason).slice(1).join('\n')}` : undefined)
  error.reason = reason
  error.promise = promise
  void die('Unhandled Promise Rejection', error, 128)
})

// ---- Finding the handler, as Lambda does: `path/to/file.export`, the file being .js, .mjs or .cjs.

async function loadHandler(root, name) {
  if (name.includes('..')) throw named('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`)
  const base = basename(name)
  const dot = base.indexOf('.')
  if (dot < 0) throw named('Runtime.MalformedHandlerName', 'Bad handler')
  const file = resolve(root, name.slice(0, name.length - base.length), base.slice(0, dot))
  const loaded = await loadModule(root, file, base.slice(0, dot))
  const handler = base.slice(dot + 1).split('.').reduce((value, key) => value?.[key], loaded)
  if (handler === undefined || handler === null) throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`)
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${name} is not a function`)
  if (node24 && handler.length >= 3 && !handler[streaming])
    throw named('Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.')
  return handler
}

async function loadModule(root, file, shortName) {
  const require = createRequire(`${root}/`)
  try {
    if (existsSync(`${file}.js`)) return isModule(file) ? await importFile(`${file}.js`) : requireOrImport(require, `${file}.js`)
    if (existsSync(`${file}.mjs`)) return await importFile(`${file}.mjs`)
    if (existsSync(`${file}.cjs`)) return require(`${file}.cjs`)
    const missing = new Error(`Cannot find module '${shortName}'\nRequire stack:\n- ${import.meta.filename}`)
    missing.code = 'MODULE_NOT_FOUND'
    throw missing
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', String(error), error.stack)
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', String(error), error.stack.replace(/^\w*Error/, 'Runtime.ImportModuleError: Error'))
    throw error
  }
}

const importFile = (path) => import(pathToFileURL(path).href)

/** A .js file without "type" is CommonJS, unless only ES module syntax makes sense of it (on Node.js 22 and later, as there). */
function requireOrImport(require, path) {
  try {
    return require(path)
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return importFile(path)
    throw error
  }
}

function isModule(file) {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    const description = resolve(directory, 'package.json')
    if (existsSync(description)) return JSON.parse(readFileSync(description, 'utf8')).type === 'module'
    if (directory === dirname(directory) || basename(directory) === 'node_modules') return false
  }
}

// ---- Streaming handlers: the engine collects their answer where the caller wants it whole.

const streaming = Symbol('streaming')
globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[streaming] = true
    return handler
  },
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response')
      stream.write(JSON.stringify(prelude))
      stream.write(new Uint8Array(8))
      return stream
    },
  },
}

/** Runs a streaming handler; its answer leaves piece by piece. Throws what it throws before the first piece, later ends the answer with it. */
async function runStreaming(handler, event, context, invocation) {
  const { Writable } = await import('node:stream')
  let answered
  const begin = () => {
    if (answered) return
    const headers = { Host: env.AWS_LAMBDA_RUNTIME_API, 'Content-Type': stream.contentType ?? 'application/octet-stream', 'Lambda-Runtime-Function-Response-Mode': 'streaming', 'Transfer-Encoding': 'chunked', Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body' }
    socket.write(`POST ${api}/invocation/${invocation.id}/response HTTP/1.1\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    answered = new Promise((resolved) => waiting.push(resolved))
    invocation.endStream = (error) => {
      const trailers = error === undefined ? '' : `Lambda-Runtime-Function-Error-Type: ${errorType(error)}\r\nLambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(errorBody(error))).toString('base64')}\r\n`
      invocation.endStream = undefined
      // The answer is not out before the engine says so.
      socket.ref()
      socket.write(`0\r\n${trailers}\r\n`)
      return answered
    }
  }
  const stream = new Writable({
    write(chunk, _encoding, done) {
      begin()
      // An empty piece would mean the end.
      if (chunk.length === 0) return done()
      socket.write(Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]), done)
    },
    final(done) {
      begin()
      done()
    },
  })
  stream.setContentType = (type) => (stream.contentType = type)
  const ended = new Promise((resolved, failed) => stream.on('finish', resolved).on('error', failed))
  ended.catch(() => {})
  try {
    await handler(event, stream, context)
    await ended
  } catch (error) {
    if (!answered) throw error
    logError('Invoke Error', error)
    return invocation.endStream?.(error)
  }
  return invocation.endStream?.()
}

// ---- One invocation.

function contextOf({ headers, id, finish }) {
  const deadline = Number(headers['lambda-runtime-deadline-ms'])
  const clientContext = headers['lambda-runtime-client-context']
  const identity = headers['lambda-runtime-cognito-identity']
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext ? JSON.parse(clientContext) : undefined,
    identity: identity ? JSON.parse(identity) : undefined,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: id,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
  if (node24) {
    delete context.callbackWaitsForEmptyEventLoop
    return context
  }
  context.done = (error, value) => finish(error, value)
  context.succeed = (value) => finish(undefined, value)
  context.fail = (error) => finish(error ?? 'handled')
  return context
}

/** Calls the handler; gives what to post. A callback's answer waits for the event loop to run dry unless told otherwise. */
function callHandler(handler, event, invocation) {
  return new Promise((settle) => {
    let held
    invocation.finish = (error, value) => settle({ error, value, failed: error !== undefined && error !== null })
    const context = contextOf(invocation)
    invocation.idle = () => {
      if (invocation.endStream) void invocation.endStream(named('Runtime.StreamError', 'The response stream was never ended.')).then(() => settle({ streamed: true }))
      else if (node24) neverSettled()
      else settle(held ?? { value: null })
    }
    const callback = (error, value) => {
      const outcome = { error, value, failed: error !== undefined && error !== null }
      if (context.callbackWaitsForEmptyEventLoop === false) settle(outcome)
      else held ??= outcome
    }
    try {
      if (handler[streaming]) {
        runStreaming(handler, event, context, invocation).then(() => settle({ streamed: true }), (error) => settle({ error, failed: true }))
        return
      }
      const result = handler(event, context, callback)
      if (typeof result?.then === 'function') result.then((value) => settle({ value }), (error) => settle({ error, failed: true }))
      else if (node24) settle({ value: result })
    } catch (error) {
      settle({ error, failed: true })
    }
  })
}

function neverSettled() {
  void die('Invoke Error', named('Runtime.NodeJsExit', 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#process_exit_codes'), 13)
}

// The event loop is empty: nothing can settle the invocation any more. It ends with what the callback said, or null, or since
// Node.js 24 with an error.
process.on('beforeExit', () => current?.idle?.())

async function invoke(handler, { headers, body }) {
  const id = headers['lambda-runtime-aws-request-id']
  current = { id, headers }
  env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'] ?? ''
  socket.unref()
  const { error, failed, value, streamed } = await callHandler(handler, JSON.parse(body), current)
  current.idle = undefined
  if (exiting) return new Promise(() => {})
  if (failed) {
    logError('Invoke Error', error)
    void postError(`/invocation/${id}/error`, error)
  } else if (!streamed) {
    const text = serialize(value)
    if (text instanceof Error) {
      logError('Invoke Error', text)
      void postError(`/invocation/${id}/error`, text)
    } else void respond(id, text, { 'Content-Type': 'application/json' })
  }
  return next()
}

function serialize(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null'
  } catch {
    return new Error('Unable to stringify response body')
  }
}

// ---- Start.

/** Opens a loopback port that leads to a Unix socket: the way out of an environment without a network of its own. */
function forward(port, path) {
  createServer((client) => {
    const server = connect(path)
    client.unref()
    server.unref()
    client.pipe(server).pipe(client)
    client.on('error', () => server.destroy())
    server.on('error', () => client.destroy())
    client.on('close', () => server.destroy())
  }).listen(Number(port), '127.0.0.1').unref()
}

async function run() {
  for (const [port, path] of Object.entries(start.forward ?? {})) forward(port, path)
  if (start.modules?.length) {
    // ES modules ignore NODE_PATH; where no parent directory of the code holds the SDK or layers, a hook finds them.
    const data = { own: env.LAMBDA_TASK_ROOT, modules: start.modules }
    const { initialize, resolve: hook } = await import('./node-modules-hook.mjs')
    initialize(data)
    if (Module.registerHooks) Module.registerHooks({ resolve: hook })
    else Module.register('./node-modules-hook.mjs', import.meta.url, { data })
  }
  let handler
  try {
    handler = await loadHandler(env.LAMBDA_TASK_ROOT, env._HANDLER)
  } catch (error) {
    return die('Uncaught Exception', error, 1)
  }
  for (let event = await next(); ; ) event = await invoke(handler, event)
}

void run()
