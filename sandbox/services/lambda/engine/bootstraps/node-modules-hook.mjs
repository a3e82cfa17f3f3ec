// Module resolution hook: what Lambda's Node.js does for ES modules, looking into the directories of NODE_PATH for packages that
// the function does not bring itself.
import { existsSync, realpathSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

let own
let modules

/** @param {{own: string, modules: string[]}} data the function's directory, and `node_modules` directories, the first coming first */
export function initialize(data) {
  own = realpathSync(data.own)
  modules = data.modules.map((directory) => realpathSync(directory))
}

export function resolve(specifier, context, nextResolve) {
  const name = /^(@[^/]+\/)?[^./@:][^/:]*(?=\/|$)/.exec(specifier)?.[0]
  if (!name || isBuiltin(specifier) || !context.parentURL?.startsWith('file:') || isBeside(name, fileURLToPath(context.parentURL))) return nextResolve(specifier, context)
  const directory = modules.find((each) => existsSync(join(each, name)))
  if (!directory) return nextResolve(specifier, context)
  return nextResolve(specifier, { ...context, parentURL: pathToFileURL(join(dirname(directory), 'index.mjs')).href })
}

/** Whether a package is found on the way from a file up to the end of the function's code or of the package the file is part of. */
function isBeside(name, file) {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'node_modules', name))) return true
    if (directory === own || directory === dirname(directory) || modules.includes(directory)) return false
  }
}
