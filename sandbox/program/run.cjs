/** Runs the sandbox (`npm run sandbox`), and builds its program first where there is none of the sources as they are. */
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { pathToFileURL } = require('node:url')
const { Script, constants } = require('node:vm')
const { freshProgram, program, readProgram, root } = require('./files.cjs')

// Set where the program has just been built: once it has started, V8 is asked for what it made of the code.
const isWarmUp = process.env.WORKLAB_WRITE_CACHE !== undefined
const { source, cache } = (isWarmUp ? readProgram() : freshProgram()) ?? built()
const script = new Script(source, { filename: program, cachedData: readCache(), importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER })
if (isWarmUp) {
  process.stdin.once('data', () => {
    writeFileSync(cache, script.createCachedData())
    process.exit()
  })
}
const own = { exports: {} }
script.runInThisContext()(createRequire(`${root}/package.json`), (name) => pathToFileURL(`${root}/${name}`).href, own, own.exports)

function built() {
  const { execFileSync } = require('node:child_process')
  execFileSync(process.execPath, [`${__dirname}/build.mjs`], { stdio: ['ignore', 'ignore', 'inherit'] })
  return readProgram()
}

function readCache() {
  try {
    return readFileSync(cache)
  } catch {
    return undefined
  }
}
