const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g

/** Whether a text is XML with one root whose elements close as they open. Document types are refused: nothing here needs them. */
export function isWellFormed(text: string): boolean {
  const open: string[] = []
  let roots = 0
  let end = 0
  for (const token of text.matchAll(TOKEN)) {
    const [whole, slash, name, , empty] = token
    if (open.length === 0 && text.slice(end, token.index).trim() !== '' && roots > 0) return false
    end = token.index + whole.length
    if (whole === '<') return false
    if (name === undefined) continue
    if (slash) {
      if (open.pop() !== name) return false
      continue
    }
    if (open.length === 0) roots++
    if (!empty) open.push(name)
  }
  return open.length === 0 && roots === 1 && text.slice(end).trim() === ''
}
