import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

/** @param {number} ms milliseconds */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @returns {boolean} whether a process with this number runs, whoever owns it; one that has ended but was not collected does not */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return stat(pid)?.state !== 'Z'
}

/** @returns {string} the words a process was started with, empty where it is gone */
export function commandLine(pid) {
  if (fs.existsSync('/proc/self/cmdline')) {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return ''
    }
  }
  return ps(pid, 'command')
}

/** @returns {string} when a process was started, in the system's own terms: with its number it names one process for good */
export function startTime(pid) {
  return fs.existsSync('/proc/self/stat') ? (stat(pid)?.start ?? '') : ps(pid, 'lstart')
}

function stat(pid) {
  try {
    // The name may hold blanks and brackets; the fields that follow it do not.
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
    return { state: fields[0], start: fields[19] }
  } catch {
    return undefined
  }
}

function ps(pid, column) {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}
