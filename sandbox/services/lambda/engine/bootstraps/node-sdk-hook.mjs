// Module resolution hook: the AWS SDK of the runtime for ES modules that bring none of their own.
import { pathToFileURL } from 'node:url'

let parent

/** @param {string} directory the `node_modules` directory that holds the runtime's SDK */
export function initialize(directory) {
  parent = pathToFileURL(`${directory}/../index.mjs`).href
}

export function resolve(specifier, context, nextResolve) {
  if (!/^@(aws-sdk|smithy)\//.test(specifier)) return nextResolve(specifier, context)
  let own
  try {
    own = nextResolve(specifier, context)
  } catch (error) {
    return fallback(error)
  }
  return typeof own.then === 'function' ? own.catch(fallback) : own

  function fallback(error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return nextResolve(specifier, { ...context, parentURL: parent })
  }
}
