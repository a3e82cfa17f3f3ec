import { Fragment } from 'react'
import type { Inline } from '@/lib/worklog/inline'

/** Running text of a worklog. Links leave Worklab and say where to by their own words. */
export function InlineText({ text }: { text: readonly Inline[] }) {
  return text.map((piece, index) => {
    switch (piece.kind) {
      case 'text':
        return <Fragment key={index}>{piece.text}</Fragment>
      case 'code':
        return (
          <code key={index} className="inline-code">
            {piece.text}
          </code>
        )
      case 'strong':
        return (
          <strong key={index} className="font-semibold">
            <InlineText text={piece.children} />
          </strong>
        )
      case 'emphasis':
        return (
          <em key={index}>
            <InlineText text={piece.children} />
          </em>
        )
      case 'link':
        return (
          <a key={index} href={piece.href} className="link" rel="noreferrer">
            <InlineText text={piece.children} />
          </a>
        )
      case 'break':
        return <br key={index} />
    }
  })
}
