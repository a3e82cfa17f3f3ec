/**
 * The XML of a Query service's answer as the JSON that such services give to API Gateway: `{"SendMessageResponse": {…}}`.
 * Elements by name; those that come several times, and the items of lists (`member`), as lists; attributes are left out.
 */
export function jsonOfXml(xml: Buffer): Buffer {
  const text = xml.toString('utf8').replace(/^\s*<\?xml.*?\?>\s*/s, '')
  const root = children(text)
  // An error stands by itself.
  return Buffer.from(JSON.stringify(root.ErrorResponse ?? root))
}

function children(xml: string): Record<string, any> {
  const found: Record<string, any> = {}
  const isList = new Set<string>()
  for (const [name, content] of elements(xml)) {
    const value = content.includes('<') ? wrapped(children(content)) : unescaped(content)
    if (!Object.hasOwn(found, name)) found[name] = value
    else if (isList.has(name)) found[name].push(value)
    else {
      found[name] = [found[name], value]
      isList.add(name)
    }
  }
  return found
}

/** A list's items without the element around each. */
function wrapped(value: Record<string, any>): unknown {
  return Object.keys(value).length === 1 && Object.hasOwn(value, 'member') ? [value.member].flat() : value
}

/** The elements of one level with their content. */
function* elements(xml: string): Generator<[name: string, content: string]> {
  const opening = /<([\w.:-]+)(?:\s[^>]*?)?(\/)?>/g
  for (let match = opening.exec(xml); match; match = opening.exec(xml)) {
    const [, name = '', isEmpty] = match
    if (isEmpty) {
      yield [name, '']
      continue
    }
    const end = endOf(xml, name, opening.lastIndex)
    yield [name, xml.slice(opening.lastIndex, end)]
    opening.lastIndex = end + name.length + 3
  }
}

/** Where the element of that name ends whose content begins at `from`: others of the name may be in it. */
function endOf(xml: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name.replaceAll('.', '\\.')}(?:\\s[^>]*?)?(/?)>`, 'g')
  tags.lastIndex = from
  let depth = 1
  for (let match = tags.exec(xml); match; match = tags.exec(xml)) {
    if (match[2]) continue
    depth += match[1] ? -1 : 1
    if (depth === 0) return match.index
  }
  return xml.length
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    name === undefined ? String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16)) : (ENTITIES[name] ?? whole),
  )
}
