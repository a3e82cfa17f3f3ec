import type { Nodes, RootContent } from 'mdast'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

const parser = unified().use(remarkParse).use(remarkGfm)

/**
 * Renders Markdown as React elements. Raw HTML is shown as the text it is, and links go only to http, https and this
 * site, so no text of a lab can bring a script. Headings start at the third level: the page and the step have the first two.
 */
export function Markdown({ text }: { text: string }) {
  return <div className="grid grid-cols-1 gap-4">{children(parser.parse(text))}</div>
}

function children(node: { children: readonly Nodes[] }): ReactNode {
  return node.children.map((child, index) => <Fragment key={index}>{element(child as RootContent)}</Fragment>)
}

function element(node: RootContent): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return node.value
    case 'paragraph':
      return <p>{children(node)}</p>
    case 'heading':
      return node.depth <= 3 ? <h3 className="mt-2 text-lg">{children(node)}</h3> : <h4 className="font-semibold">{children(node)}</h4>
    case 'emphasis':
      return <em>{children(node)}</em>
    case 'strong':
      return <strong className="font-semibold">{children(node)}</strong>
    case 'delete':
      return <del>{children(node)}</del>
    case 'inlineCode':
      return <code className="inline-code">{node.value}</code>
    case 'code':
      return (
        <pre tabIndex={0} className="overflow-x-auto rounded-md border border-line bg-wash px-4 py-3 font-mono leading-relaxed">
          <code>{node.value}</code>
        </pre>
      )
    case 'list': {
      const List = node.ordered ? 'ol' : 'ul'
      return <List className={`grid grid-cols-1 gap-1.5 pl-6 ${node.ordered ? 'list-decimal' : 'list-disc'} marker:text-muted`}>{children(node)}</List>
    }
    case 'listItem':
      // A tight list's paragraphs stand without their own space.
      return <li>{node.children.length === 1 && node.children[0]?.type === 'paragraph' ? children(node.children[0]) : children(node)}</li>
    case 'blockquote':
      return <blockquote className="grid grid-cols-1 gap-3 border-l-2 border-margin pl-4 text-muted">{children(node)}</blockquote>
    case 'link':
      return safeLink(node.url, children(node))
    case 'thematicBreak':
      return <hr className="border-line" />
    case 'break':
      return <br />
    case 'table':
      return (
        <div className="overflow-x-auto" tabIndex={0} role="group">
          <table className="w-full border-collapse text-left">
            <tbody>
              {node.children.map((row, at) => (
                <tr key={at} className="border-b border-line">
                  {row.children.map((cell, column) => {
                    const Cell = at === 0 ? 'th' : 'td'
                    return (
                      <Cell key={column} className="py-2 pr-4 align-top" {...(at === 0 && { scope: 'col' })}>
                        {children(cell)}
                      </Cell>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    default:
      return 'children' in node ? children(node) : null
  }
}

function safeLink(url: string, text: ReactNode): ReactNode {
  if (url.startsWith('/') && !url.startsWith('//'))
    return (
      <Link className="link" href={url}>
        {text}
      </Link>
    )
  if (/^https?:\/\//.test(url))
    return (
      <a className="link" href={url} rel="noreferrer" target="_blank">
        {text}
      </a>
    )
  return text
}
