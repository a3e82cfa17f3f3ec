import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { isAlive, startTime } from './processes.mjs'

/** Raised when an older Worklab could no longer read the folder. */
const layout = 1

/**
 * Makes the data folder where it is missing, checks that this version may use it and takes it for this process.
 *
 * @param {string} folder absolute path
 * @returns {{ say(url: string): void, release(): void }} `say` lets a second instance tell where the first one answers
 * @throws Failure where the folder cannot be written, is in use, or was written by a newer version
 */
export function takeDataFolder(folder) {
  try {
    // Root's PostgreSQL runs as another user, who has to pass through. The secrets inside have modes of their own.
    fs.mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw new Failure(`The data folder ${folder} cannot be used (${error.message}): set WORKLAB_DATA to another folder.`)
    throw new Failure(`No permission to write in the data folder ${folder}: set WORKLAB_DATA to a folder of yours.`)
  }
  const lock = takeLock(folder)
  const versionFile = path.join(folder, 'version')
  const version = fs.existsSync(versionFile) ? Number(fs.readFileSync(versionFile, 'utf8')) : layout
  if (version > layout) {
    lock.release()
    throw new Failure(`The data in ${folder} was written by a newer version of Worklab (layout ${version}, this one knows ${layout}): update Worklab, or set WORKLAB_DATA to another folder.`)
  }
  fs.writeFileSync(versionFile, `${layout}\n`)
  return lock
}

/**
 * The key that signs sessions: made on the first start, the same ever after.
 *
 * @param {string} folder the data folder
 */
export function sessionSecret(folder) {
  const file = path.join(folder, 'nextauth-secret')
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return fs.readFileSync(file, 'utf8').trim()
}

function takeLock(folder) {
  const file = path.join(folder, 'instance.lock')
  const mine = { pid: process.pid, started: startTime(process.pid) }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      fs.writeFileSync(file, JSON.stringify(mine), { flag: 'wx', mode: 0o644 })
      return {
        say: (url) => fs.writeFileSync(file, JSON.stringify({ ...mine, url })),
        release: () => fs.rmSync(file, { force: true }),
      }
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const text = fs.readFileSync(file, 'utf8')
    const holder = parse(text)
    if (holder && isAlive(holder.pid) && startTime(holder.pid) === holder.started) {
      throw new Failure(`Worklab already runs on the data in ${folder} (process ${holder.pid}${holder.url ? `, ${holder.url}` : ''}): stop it first, or set WORKLAB_DATA to another folder.`)
    }
    // Its process is gone. Moved aside before it is deleted, so that of two who find it only one takes it.
    const aside = `${file}.${process.pid}`
    try {
      fs.renameSync(file, aside)
    } catch {
      continue
    }
    if (fs.readFileSync(aside, 'utf8') !== text) fs.linkSync(aside, file)
    fs.rmSync(aside)
  }
  throw new Failure(`The file ${file} keeps changing: another Worklab is starting on the same data.`)
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    // Cut short by a crash while it was written.
    return undefined
  }
}
