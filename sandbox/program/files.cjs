const { readFileSync, statSync } = require('node:fs')
const { join } = require('node:path')

/** Absolute path of the repository. */
const root = join(__dirname, '../..')
/** Where the built program lies: its first line is its stamp, what follows the code. */
const folder = join(root, 'dist', 'sandbox')
const program = join(folder, 'program.cjs')

/** What the program depends on beside its modules: the packages that npm installed, and this folder. */
const BESIDE = ['node_modules/.package-lock.json', 'package.json', 'sandbox/program/build.mjs', 'sandbox/program/files.cjs']

/** How Node.js is to run the program: young objects in less memory than it would take by itself. */
const FLAGS = ['--max-semi-space-size=4']

/**
 * Tells states of a file apart without reading it: no write leaves the time of the last change as it was.
 * @param {string} name relative to the repository
 */
function stateOf(name) {
  const stat = statSync(`${root}/${name}`, { throwIfNoEntry: false })
  return stat ? `${stat.ctimeMs} ${stat.size}` : 'gone'
}

/**
 * The built program where it is that of the sources as they are now, and of this Node.js; undefined otherwise.
 * @returns {{ source: string, cache: string } | undefined} the code, and where V8's cache of it lies
 */
function freshProgram() {
  const found = readProgram()
  return found && Object.entries(found.stamp.files).every(([name, state]) => stateOf(name) === state) ? found : undefined
}

/** The built program, of whichever sources. */
function readProgram() {
  try {
    // It is plain ASCII, which a string of one byte a character holds.
    const source = readFileSync(program, 'latin1')
    const stamp = JSON.parse(source.slice('// '.length, source.indexOf('\n')))
    return stamp.node === process.version ? { source, stamp, cache: cacheOf(stamp.id) } : undefined
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** V8 knows a program by its length alone, so that a cache is named after the build that it belongs to; it takes none of other flags. */
function cacheOf(id) {
  return `${folder}/${id}${process.execArgv.join('')}.cache`
}

module.exports = { BESIDE, FLAGS, root, folder, program, stateOf, freshProgram, readProgram }
