import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { sleep } from './processes.mjs'

/*
 * The running parts of Worklab. Each is the head of its own process group, so that ending it ends what it started, and
 * a Ctrl-C reaches only `npm start`, which then ends the parts in order.
 */

/** How long a part may take to end by itself, in milliseconds. */
const patience = 5_000

/**
 * Outlives a killed `npm start`: a shell that reads what to end from its input and ends all of it when that input
 * closes, which the system sees to even after kill -9. A line is a signal and a process or (-) group, such as `TERM -41`;
 * `DROP -41` takes one back that has ended.
 */
const watchdogScript = `
  all=
  while read -r signal target; do
    case $signal in
      DROP) kept=; for entry in $all; do [ "\${entry#*:}" = "$target" ] || kept="$kept $entry"; done; all=$kept ;;
      *) all="$all $signal:$target" ;;
    esac
  done
  for entry in $all; do kill -s "\${entry%%:*}" -- "\${entry#*:}" 2>/dev/null; done
  tenths=0
  while [ $tenths -lt ${patience / 100} ]; do
    left=
    for entry in $all; do kill -s 0 -- "\${entry#*:}" 2>/dev/null && left=1; done
    [ -z "$left" ] && exit
    sleep 0.1
    tenths=$((tenths + 1))
  done
  for entry in $all; do kill -s KILL -- "\${entry#*:}" 2>/dev/null; done
`

/** The parts of one Worklab, in the order they were started. */
export class Parts {
  #parts = []
  #stopping = false
  #watchdog = spawn('sh', ['-c', watchdogScript], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })

  /** @param {(sentence: string) => void} onCrash told once, when a part ends that nobody asked to */
  constructor(onCrash) {
    this.onCrash = onCrash
    this.#watchdog.stdin.on('error', () => undefined)
  }

  /**
   * Starts a Node program as a part. Its errors go to the log file, and so does its output unless `onLine` takes it.
   *
   * @param {string} name as it is called in sentences
   * @param {string[]} args of node
   * @param {{ cwd: string, env: object, logFile: string, onLine?: (line: string) => void }} options
   */
  start(name, args, { cwd, env, logFile, onLine }) {
    fs.mkdirSync(path.dirname(logFile), { recursive: true })
    const log = fs.openSync(logFile, 'w', 0o600)
    const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', onLine ? 'pipe' : log, log] })
    fs.closeSync(log)
    if (onLine) eachLine(child.stdout, onLine)
    return this.add(name, child, { signal: 'SIGTERM', target: -child.pid, logFile })
  }

  /**
   * Takes charge of a process that runs already.
   *
   * @param {string} name
   * @param {import('node:child_process').ChildProcess} child
   * @param {object} options
   * @param {string} options.signal ends it in an orderly way
   * @param {number} options.target its number, negative for its group
   * @param {string} [options.logFile] whose last lines tell why it ended
   * @param {boolean} [options.mayEnd] its end is no crash; can be set on the answer later
   */
  add(name, child, { signal, target, logFile, mayEnd = false }) {
    const part = { name, child, signal, target, mayEnd, ended: false }
    // Never came to life; its `error` event tells why.
    if (child.pid === undefined) return part
    part.end = new Promise((resolve) => {
      child.once('exit', (code, by) => {
        part.ended = true
        resolve()
        this.#tellWatchdog(`DROP ${target}`)
        if (this.#stopping || part.mayEnd) return
        const last = lastLines(logFile)
        this.onCrash(`The part "${name}" ended unexpectedly (${by ?? `exit code ${code}`})${last && `. It said:\n${last}`}`)
      })
    })
    this.#parts.push(part)
    this.#tellWatchdog(`${signal.slice(3)} ${target}`)
    return part
  }

  /** Ends all parts, the last one started first: each is asked, and forced after five seconds. */
  async stop() {
    this.#stopping = true
    for (const part of this.#parts.filter(({ ended, mayEnd }) => !ended || !mayEnd).reverse()) {
      if (!part.ended) signalQuietly(part.target, part.signal)
      await Promise.race([part.end, sleep(patience)])
      // Also what the part itself left running.
      if (!part.ended || part.target < 0) signalQuietly(part.target, 'SIGKILL')
      await part.end
    }
    this.#watchdog.kill('SIGKILL')
  }

  #tellWatchdog(line) {
    this.#watchdog.stdin.write(`${line}\n`)
  }
}

function signalQuietly(target, signal) {
  try {
    process.kill(target, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

function eachLine(stream, onLine) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    lines.forEach(onLine)
  })
}

function lastLines(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : ''
}
