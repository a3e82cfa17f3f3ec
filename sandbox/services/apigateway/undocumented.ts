import type { DocumentationPartLocation, DocumentationPartType } from '@aws-sdk/client-api-gateway'
import { placeOf } from './documentation'
import type { Definition, DocumentationPartRecord } from './records'

const PARAMETERS: Record<string, DocumentationPartType> = { path: 'PATH_PARAMETER', querystring: 'QUERY_PARAMETER', multivaluequerystring: 'QUERY_PARAMETER', header: 'REQUEST_HEADER', multivalueheader: 'REQUEST_HEADER' }

/** What of an API no part documents, each as a part without properties. */
export function undocumented(definition: Definition, parts: DocumentationPartRecord[]): DocumentationPartRecord[] {
  const documented = new Set(parts.map(placeOf))
  return locationsOf(definition)
    .map((location, i) => ({ id: String(i).padStart(6, '0'), location, properties: '{}' }))
    .filter((part) => !documented.has(placeOf(part)))
}

function locationsOf({ authorizers, models, resources }: Definition): DocumentationPartLocation[] {
  const found: DocumentationPartLocation[] = [{ type: 'API' }]
  for (const { name } of Object.values(authorizers)) found.push({ type: 'AUTHORIZER', name: name! })
  for (const name of Object.keys(models)) found.push({ type: 'MODEL', name })
  for (const { path, methods } of Object.values(resources)) {
    found.push({ type: 'RESOURCE', path })
    for (const [method, { requestParameters = {}, requestModels = {}, methodResponses = {} }] of Object.entries(methods)) {
      found.push({ type: 'METHOD', path, method })
      for (const parameter of Object.keys(requestParameters)) {
        const [, , place = '', ...name] = parameter.split('.')
        found.push({ type: PARAMETERS[place]!, path, method, name: name.join('.') })
      }
      if (Object.keys(requestModels).length > 0) found.push({ type: 'REQUEST_BODY', path, method })
      for (const [statusCode, { responseParameters = {}, responseModels = {} }] of Object.entries(methodResponses)) {
        found.push({ type: 'RESPONSE', path, method, statusCode })
        for (const parameter of Object.keys(responseParameters)) found.push({ type: 'RESPONSE_HEADER', path, method, statusCode, name: parameter.replace(/^method\.response\.header\./, '') })
        if (Object.keys(responseModels).length > 0) found.push({ type: 'RESPONSE_BODY', path, method, statusCode })
      }
    }
  }
  return found
}
