import { getTranslations } from 'next-intl/server'
import { Icon } from '@/components/ui/icon'
import { plainText, type Inline } from '@/lib/worklog/inline'
import { InlineText } from './inline-text'

/** The address without its scheme and closing slash, as a reader would say it. */
function spoken(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

/** The reference of a task: its links open in a new tab, a bare address is shortened to what one reads of it. */
export async function Reference({ text }: { text: readonly Inline[] }) {
  const t = await getTranslations('worklog.table')
  if (!plainText(text)) return <span className="text-muted">{t('none')}</span>
  return text.map((piece, index) =>
    piece.kind === 'link' ? (
      <a key={index} href={piece.href} target="_blank" rel="noreferrer" className="link inline-flex items-baseline gap-1 break-words">
        <span className="min-w-0 [overflow-wrap:anywhere]">{spoken(plainText(piece.children))}</span>
        <Icon name="external" className="translate-y-0.5 text-[0.8em]" />
        <span className="sr-only">({t('newTab')})</span>
      </a>
    ) : (
      <InlineText key={index} text={[piece]} />
    ),
  )
}
