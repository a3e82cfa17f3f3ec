import { getTranslations } from 'next-intl/server'
import { Fragment } from 'react'
import { Icon } from '@/components/ui/icon'
import { plainText, type Inline } from '@/lib/worklog/inline'
import { InlineText } from './inline-text'

/** The address without its scheme and closing slash, as a reader would say it; it may break after its dots and slashes. */
function Spoken({ address }: { address: string }) {
  return address
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '')
    .split(/(?<=[./])/)
    .map((part, index) => (
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ))
}

/** The reference of a task: its links open in a new tab, a bare address is shortened to what one reads of it. */
export async function Reference({ text }: { text: readonly Inline[] }) {
  const t = await getTranslations('worklog.table')
  if (!plainText(text)) return <span className="text-muted">{t('none')}</span>
  return text.map((piece, index) =>
    piece.kind === 'link' ? (
      <a key={index} href={piece.href} target="_blank" rel="noreferrer" className="link wrap-break-word">
        <Spoken address={plainText(piece.children)} />
        <Icon name="external" className="ml-1 align-[-0.1em] text-[0.8em]" />
        <span className="sr-only">({t('newTab')})</span>
      </a>
    ) : (
      <InlineText key={index} text={[piece]} />
    ),
  )
}
