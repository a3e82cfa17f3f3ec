'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { InvokeView } from './lab-view'

const height = 96
const step = 30
const barWidth = 18

/** The last invokes as bars, oldest first: how long the handler ran, and on top how long the init phase before it. The same as a table stands behind. */
export function InvokeChart({ invokes, shownId, onShow }: { invokes: InvokeView[]; shownId: string; onShow: (id: string) => void }) {
  const t = useTranslations('lab.invoke')
  const format = useFormatter()
  const bars = invokes.filter(({ report }) => report !== undefined).reverse()
  if (bars.length < 2) return null
  const total = ({ report }: InvokeView) => report!.durationMs + (report!.initMs ?? 0)
  const most = Math.max(...bars.map(total))
  const scaled = (value: number) => (value / most) * (height - 16)
  const number = (value: number) => format.number(value, { maximumFractionDigits: 1 })
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center gap-x-4 text-sm text-muted">
        <span>{t('chart', { count: bars.length })}</span>
        <Key className="bg-accent" text={t('duration')} />
        <Key className="border border-accent bg-[repeating-linear-gradient(45deg,var(--accent)_0_1.5px,transparent_1.5px_4px)]" text={t('init')} />
      </figcaption>
      <svg viewBox={`0 0 ${Math.max(bars.length, 6) * step} ${height + 2}`} className="mt-2 h-28 w-full max-w-md" preserveAspectRatio="xMinYMax meet" aria-hidden="true">
        <defs>
          <pattern id="init-part" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.5" height="4" fill="var(--accent)" />
          </pattern>
        </defs>
        {bars.map((one, index) => {
          const x = index * step + (step - barWidth) / 2
          const run = Math.max(1.5, scaled(one.report!.durationMs))
          const init = scaled(one.report!.initMs ?? 0)
          return (
            <g key={one.id} onClick={() => onShow(one.id)} className="cursor-pointer">
              <rect x={index * step} y="0" width={step} height={height} fill="transparent" />
              <rect x={x} y={height - run} width={barWidth} height={run} fill={one.functionError ? 'var(--bad)' : 'var(--accent)'} />
              {init > 0 && <rect x={x + 0.5} y={height - run - init} width={barWidth - 1} height={init} fill="url(#init-part)" stroke="var(--accent)" />}
              {one.id === shownId && <path d={`M${x - 3} ${height + 1}h${barWidth + 6}`} stroke="var(--ink)" strokeWidth="2" />}
            </g>
          )
        })}
        <path d={`M0 ${height}h${Math.max(bars.length, 6) * step}`} stroke="var(--line)" />
        <text x="2" y="10" fontSize="10" fill="var(--muted)">
          {t('ms', { value: number(most) })}
        </text>
      </svg>
      <details className="mt-1 text-sm">
        <summary className="w-fit text-muted underline decoration-line underline-offset-4 hover:text-ink">{t('table')}</summary>
        <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t('table')}>
          <table className="mt-2 w-full text-left tabular-nums">
            <thead>
              <tr className="border-b border-line text-muted">
                {(['time', 'start', 'duration', 'init', 'billed', 'memory'] as const).map((column) => (
                  <th key={column} scope="col" className="py-1.5 pr-4 font-normal whitespace-nowrap">
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...bars].reverse().map(({ id, at, report }) => (
                <tr key={id} className="border-b border-line">
                  <td className="py-1 pr-4">
                    <button type="button" aria-pressed={id === shownId} onClick={() => onShow(id)} className="underline decoration-line underline-offset-4 hover:text-accent aria-pressed:font-semibold">
                      {format.dateTime(new Date(at), { timeStyle: 'medium' })}
                    </button>
                  </td>
                  <td className="pr-4 whitespace-nowrap">{report!.initMs === undefined ? t('warm') : t('cold')}</td>
                  <td className="pr-4 whitespace-nowrap">{t('ms', { value: number(report!.durationMs) })}</td>
                  <td className="pr-4 whitespace-nowrap">{report!.initMs === undefined ? t('noInit') : t('ms', { value: number(report!.initMs) })}</td>
                  <td className="pr-4 whitespace-nowrap">{t('ms', { value: number(report!.billedMs) })}</td>
                  <td className="whitespace-nowrap">{t('memoryOf', { used: report!.usedMb, size: report!.memoryMb })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

function Key({ className, text }: { className: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`inline-block size-3 ${className}`} />
      {text}
    </span>
  )
}
