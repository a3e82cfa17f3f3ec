import { XmlCodec } from '@aws-sdk/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { Service } from '../operation'
import type { WireResponse } from './index'
import { readText } from './read'

/**
 * Reads the form fields of a Query call (`Tags.member.1.Key=…`) into an operation's input.
 * Source: Smithy, "AWS query protocol".
 */
export function readQuery(schema: StaticOperationSchema, fields: URLSearchParams): Record<string, unknown> {
  const tree = new Tree(fields)
  return (tree.read(NormalizedSchema.of(schema[4]), '', '') ?? {}) as Record<string, unknown>
}

class Tree {
  /** Every prefix of every field name, so that "is there anything below?" is one look. */
  readonly #prefixes = new Set<string>()

  constructor(readonly fields: URLSearchParams) {
    for (const name of fields.keys()) {
      this.#prefixes.add(name)
      for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) this.#prefixes.add(name.slice(0, dot))
    }
  }

  read(schema: NormalizedSchema, prefix: string, path: string): unknown {
    if (prefix !== '' && !this.#prefixes.has(prefix)) return undefined
    const below = (name: string) => (prefix === '' ? name : `${prefix}.${name}`)
    if (schema.isStructSchema()) {
      const result: Record<string, unknown> = {}
      for (const [name, member] of schema.structIterator()) {
        const wireName = (member.getMergedTraits().xmlName as string | undefined) ?? name
        const value = this.read(member, below(wireName), name)
        if (value !== undefined) result[name] = value
      }
      return result
    }
    if (schema.isListSchema()) {
      const flat = schema.getMergedTraits().xmlFlattened
      const member = schema.getValueSchema()
      const item = (i: number) => (flat ? `${prefix}.${i}` : `${prefix}.${(member.getMergedTraits().xmlName as string) ?? 'member'}.${i}`)
      const items: unknown[] = []
      for (let i = 1; this.#prefixes.has(item(i)); i++) items.push(this.read(member, item(i), path))
      return items
    }
    if (schema.isMapSchema()) {
      const flat = schema.getMergedTraits().xmlFlattened
      const entry = (i: number) => (flat ? `${prefix}.${i}` : `${prefix}.entry.${i}`)
      const entries: [string, unknown][] = []
      const [keyName, valueName] = [schema.getKeySchema(), schema.getValueSchema()].map((part) => part.getMergedTraits().xmlName as string | undefined)
      for (let i = 1; this.#prefixes.has(entry(i)); i++) {
        const key = this.fields.get(`${entry(i)}.${keyName ?? 'key'}`) ?? ''
        entries.push([key, this.read(schema.getValueSchema(), `${entry(i)}.${valueName ?? 'value'}`, path)])
      }
      return Object.fromEntries(entries)
    }
    const text = this.fields.get(prefix)
    return text === null ? undefined : readText(schema, text, path)
  }
}

/** Writes an output as `<OpResponse><OpResult>…</OpResult><ResponseMetadata>…`. */
export function writeQuery(service: Service, schema: StaticOperationSchema, output: Record<string, unknown>, requestId: string): WireResponse {
  const name = schema[2]
  const shape = NormalizedSchema.of(schema[5])
  let result = ''
  if (shape.isStructSchema()) {
    const codec = new XmlCodec({
      timestampFormat: { default: 5, useTrait: true },
      httpBindings: false,
      xmlNamespace: '',
      serviceNamespace: shape.getSchema() instanceof Array ? (shape.getSchema() as unknown as string[])[1]! : '',
    })
    const serializer = codec.createSerializer()
    serializer.write(shape, output)
    // The serializer names the root after the shape; Query names it after the operation.
    result = String(serializer.flush())
      .replace(/^<[^>]*?(\/?)>/, (_, empty) => (empty ? `<${name}Result/>` : `<${name}Result>`))
      .replace(/<\/[^>]*>$/, (end) => (end.includes('Result>') && end === `</${name}Result>` ? end : `</${name}Result>`))
  }
  const body = `<${name}Response xmlns="${service.xmlNamespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) }
}

/** Writes an error as `<ErrorResponse><Error>…`. */
export function writeQueryError(service: Service | undefined, status: number, code: string, message: string, requestId: string): WireResponse {
  const type = status >= 500 ? 'Receiver' : 'Sender'
  const body = `<ErrorResponse xmlns="${service?.xmlNamespace ?? ''}"><Error><Type>${type}</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text inside an XML element. */
export function escape(text: string): string {
  // Control characters that XML 1.0 forbids would make the client's parser fail instead of showing the error.
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c]!).replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '\ufffd')
}
