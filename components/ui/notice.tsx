import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

/** What a notice is about. */
export type NoticeTone = 'info' | 'good' | 'warn' | 'bad'

const tones: Record<NoticeTone, { icon: IconName; className: string }> = {
  info: { icon: 'info', className: 'border-l-accent [&>svg]:text-accent' },
  good: { icon: 'verified', className: 'border-l-good [&>svg]:text-good' },
  warn: { icon: 'warning', className: 'border-l-warn [&>svg]:text-warn' },
  bad: { icon: 'failed', className: 'border-l-bad [&>svg]:text-bad' },
}

/** A sentence or two that the reader should not miss. `bad` is read out at once, the others in their turn. */
export function Notice({ tone = 'info', children, className = '' }: { tone?: NoticeTone; children: ReactNode; className?: string }) {
  const { icon, className: look } = tones[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`flex gap-3 rounded-md border border-l-4 border-line bg-wash px-4 py-3 ${look} ${className}`}
    >
      <Icon name={icon} className="mt-1 self-start" />
      <div className="min-w-0">{children}</div>
    </div>
  )
}
