import type { Model } from '@aws-sdk/client-api-gateway'
import { own } from './errors'
import type { Definition } from './records'

const REFERENCE = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/(\w+)$/
const MOST_FIELDS = 1000

/** The name of the model that a `$ref` is about; undefined where it is about something else. */
export function referredModel(reference: unknown): string | undefined {
  return typeof reference === 'string' ? REFERENCE.exec(reference)?.[1] : undefined
}

/** A model's schema as one document: the models that it refers to as definitions of its own. */
export function flattenedSchema(definition: Definition, model: Model): string {
  const definitions: Record<string, unknown> = {}
  const flatten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(flatten)
    if (typeof value !== 'object' || value === null) return value
    const name = referredModel((value as { $ref?: unknown }).$ref)
    const referred = own(definition.models, name)
    if (name !== undefined && referred) {
      if (!Object.hasOwn(definitions, name)) {
        definitions[name] = {}
        definitions[name] = flatten(JSON.parse(referred.schema ?? '{}'))
      }
      return { $ref: `#/definitions/${name}` }
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, flatten(item)]))
  }
  const schema = flatten(JSON.parse(model.schema ?? '{}')) as Record<string, unknown>
  return JSON.stringify(Object.keys(definitions).length > 0 ? { ...schema, definitions: { ...(schema.definitions as object), ...definitions } } : schema)
}

/** A mapping template that passes on each field that the model describes. */
export function templateOf({ schema }: Model): string {
  let fields = 0
  let loops = 0
  const write = (part: any, path: string, indent: string): string => {
    fields += 1
    if (part?.type === 'object' && part.properties && fields < MOST_FIELDS) {
      const lines = Object.entries(part.properties).map(([name, inner]) => `${indent}  ${JSON.stringify(name)} : ${write(inner, `${path}.${name}`, `${indent}  `)}`)
      return `{\n${lines.join(',\n')}\n${indent}}`
    }
    if (part?.type === 'array' && part.items && fields < MOST_FIELDS) {
      loops += 1
      const item = `$elem${loops}`
      return `[\n#foreach(${item} in ${path})\n${indent}  ${write(part.items, item, `${indent}  `)}#if($foreach.hasNext),#end\n#end\n${indent}]`
    }
    return part?.type === 'string' ? `"${path}"` : path
  }
  return `#set($inputRoot = $input.path('$'))\n${write(JSON.parse(schema ?? '{}'), '$inputRoot', '')}`
}
