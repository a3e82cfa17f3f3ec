import { badRequest } from '../apigateway/errors'

/** Request headers that API Gateway keeps to itself (HTTP API developer guide, "Reserved headers"). */
const RESERVED = /^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-.*|via)$/i

/**
 * Holds the parameter mapping of requests against what HTTP APIs know: `append|overwrite|remove:header.x`, the same of
 * `querystring`, `overwrite:path`.
 * @throws BadRequestException
 */
export function checkRequestParameters(parameters: Record<string, string> | undefined): void {
  for (const key of Object.keys(parameters ?? {})) {
    const [, action, kind, name] = /^(append|overwrite|remove):(header|querystring)\.([^\s]+)$/.exec(key) ?? []
    if (key === 'overwrite:path') continue
    if (action === undefined) throw badRequest(`Unsupported request parameter mapping: ${key}`)
    if (kind === 'header' && RESERVED.test(name!)) throw badRequest(`Operations on header ${name} are restricted`)
  }
}

/** The same of responses, by status code: headers and `overwrite:statuscode`. @throws BadRequestException */
export function checkResponseParameters(byStatus: Record<string, Record<string, string>> | undefined): void {
  for (const [status, parameters] of Object.entries(byStatus ?? {})) {
    if (!/^[2-5]\d\d$/.test(status)) throw badRequest(`Invalid status code ${status} in response parameters: 200 to 599 are valid.`)
    for (const key of Object.keys(parameters)) {
      if (key === 'overwrite:statuscode') continue
      const name = /^(?:append|overwrite|remove):header\.([^\s]+)$/.exec(key)?.[1]
      if (name === undefined) throw badRequest(`Unsupported response parameter mapping: ${key}`)
      if (RESERVED.test(name)) throw badRequest(`Operations on header ${name} are restricted`)
    }
  }
}
