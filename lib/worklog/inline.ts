import type { PhrasingContent } from 'mdast'
import { toString } from 'mdast-util-to-string'

/** A piece of running text that is safe to render: text, code, emphasis, links to the web and line breaks, never HTML. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: 'break' }

/** Keeps of Markdown what is safe. Foreign HTML stays as the text it was typed as; images become their description. */
export function toInline(nodes: readonly PhrasingContent[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [{ kind: 'text', text: node.value }]
      case 'inlineCode':
        return [{ kind: 'code', text: node.value }]
      case 'strong':
      case 'emphasis':
        return [{ kind: node.type, children: toInline(node.children) }]
      case 'link':
        return /^https?:\/\//i.test(node.url)
          ? [{ kind: 'link', href: node.url, children: toInline(node.children) }]
          : toInline(node.children)
      case 'break':
        return [{ kind: 'break' }]
      case 'html':
        if (/^<br\s*\/?>$/i.test(node.value)) return [{ kind: 'break' }]
        return node.value.startsWith('<!--') ? [] : [{ kind: 'text', text: node.value }]
      case 'delete':
        return toInline(node.children)
      default: {
        const text = toString(node)
        return text ? [{ kind: 'text', text }] : []
      }
    }
  })
}

/** The words alone. */
export function plainText(inline: readonly Inline[]): string {
  return inline
    .map((piece) => {
      if (piece.kind === 'break') return ' '
      return 'text' in piece ? piece.text : plainText(piece.children)
    })
    .join('')
    .trim()
}
