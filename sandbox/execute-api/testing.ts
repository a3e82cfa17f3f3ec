import type { TestSandbox } from '../testing'

/** Calls a deployed REST API by path, as clients do that cannot resolve `*.localhost`. */
export function callerOf(sandbox: Pick<TestSandbox, 'url'>, apiId: string, stageName = 'test') {
  return async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${sandbox.url}/_aws/execute-api/${apiId}/${stageName}${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parsed(text), errorType: response.headers.get('x-amzn-errortype') }
  }
}

function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
