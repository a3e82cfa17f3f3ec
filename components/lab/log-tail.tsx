'use client'

import { useTranslations } from 'next-intl'
import { logLevel, type LogLevel } from './log-line'

const tones: Record<LogLevel, string> = { platform: 'text-muted', error: 'text-bad', warn: 'text-warn', info: 'text-ink', debug: 'text-muted' }

/** The end of an invoke's log, line by line with its level. Lambda gives the last 4 KB. */
export function LogTail({ log }: { log: string }) {
  const t = useTranslations('lab.invoke')
  const lines = log.trimEnd().split('\n')
  return (
    <div>
      <h5 className="text-sm text-muted">{t('log')}</h5>
      {log.trim() === '' ? (
        <p className="mt-1">{t('noLog')}</p>
      ) : (
        <ol tabIndex={0} aria-label={t('log')} className="mt-1 max-h-72 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed">
          {lines.map((line, index) => {
            const level = logLevel(line)
            return (
              <li key={index} className={`break-words whitespace-pre-wrap ${tones[level]}`}>
                {(level === 'error' || level === 'warn') && <span className="mr-1.5 font-semibold">{t(`level.${level}`)}</span>}
                {line}
              </li>
            )
          })}
        </ol>
      )}
    </div>
  )
}
