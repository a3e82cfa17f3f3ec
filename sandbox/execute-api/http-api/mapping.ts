import type { Pairs } from '../pairs'
import { fillIn, type Answered } from './values'
import { decoded, type Exchange, type Reply } from './exchange'

/** The exchange with the integration's request parameters put into headers, query and path. */
export function mapRequest(exchange: Exchange, parameters: Record<string, string> | undefined): Exchange {
  let { headers, query } = exchange
  let mappedPath: string | undefined
  for (const [key, template] of Object.entries(parameters ?? {})) {
    if (key === 'overwrite:path') mappedPath = fillIn(exchange, template)
    const [, action, kind, name] = /^(append|overwrite|remove):(header|querystring)\.(.+)$/.exec(key) ?? []
    const value = action === 'remove' ? '' : fillIn(exchange, template)
    if (kind === 'header') headers = changed(headers, action!, name!, value, true)
    if (kind === 'querystring') query = changed(query, action!, name!, value, false)
  }
  return { ...exchange, headers, query, ...(mappedPath === undefined ? {} : { mappedPath, rawPath: decoded(mappedPath) }) }
}

/** The response with the integration's response parameters for its status code. */
export function mapResponse(exchange: Exchange, byStatus: Record<string, Record<string, string>> | undefined, reply: Reply): Reply {
  const parameters = byStatus && Object.hasOwn(byStatus, String(reply.status)) ? byStatus[String(reply.status)]! : {}
  const answered: Answered = reply
  let { headers, status } = reply
  for (const [key, template] of Object.entries(parameters)) {
    if (key === 'overwrite:statuscode') {
      const wanted = Number(fillIn(exchange, template, answered))
      if (Number.isInteger(wanted) && wanted >= 200 && wanted <= 599) status = wanted
      continue
    }
    const [, action, name] = /^(append|overwrite|remove):header\.(.+)$/.exec(key) ?? []
    headers = changed(headers, action!, name!, action === 'remove' ? '' : fillIn(exchange, template, answered), true)
  }
  return { ...reply, headers, status }
}

function changed(pairs: Pairs, action: string, name: string, value: string, isHeader: boolean): Pairs {
  if (action === 'append') return value === '' ? pairs : [...pairs, [name, value]]
  const others = pairs.filter(([key]) => (isHeader ? key.toLowerCase() !== name.toLowerCase() : key !== name))
  return action === 'remove' || value === '' ? others : [...others, [name, value]]
}
