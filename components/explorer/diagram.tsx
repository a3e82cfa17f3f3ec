import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { Diagram as DiagramData } from '@/lib/inventory/diagram'
import type { EdgeKind } from '@/lib/inventory'
import { DiagramView } from './diagram-view'
import { ServiceShape } from './kind-icon'
import { resourceHref } from './resource-href'

const LONGEST_NAME = 19
/** Rights and logs are drawn apart from the way that work takes. */
const LINES: Partial<Record<EdgeKind, string>> = { mayUse: '5 4', runsAs: '1.5 4', grants: '1.5 4', uses: '1.5 4', watches: '1.5 4' }

/** The diagram of an account as SVG: readable without JavaScript, each box a link to its resource, in the order of the flow. */
export function Diagram({ diagram }: { diagram: DiagramData }) {
  const t = useTranslations('explorer')
  const { width, height, box, nodes, edges, grouped } = diagram
  if (nodes.length === 0) return null
  return (
    <figure className="mt-3">
      <DiagramView width={Math.ceil(width)}>
        <svg viewBox={`0 0 ${Math.ceil(width)} ${Math.ceil(height)}`} role="group" aria-label={t('diagram.label')} className="mx-auto block h-auto select-none">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0.5 1L7.5 4L0.5 7z" fill="var(--muted)" />
            </marker>
          </defs>
          <g fill="none" stroke="var(--muted)" strokeWidth="1.3" aria-hidden="true">
            {edges.map(({ from, to, kind, path }) => (
              <path key={`${kind} ${from} ${to}`} d={path} strokeDasharray={LINES[kind]} markerEnd="url(#arrow)" data-from={from} data-to={to} />
            ))}
          </g>
          {nodes.map(({ id, resource, count, beside, x, y }) => {
            const { service, kind, name } = resource
            const kindName = t(`kinds.${kind}`)
            const title = count > 1 ? t('diagram.alike', { count, kind: kindName }) : name
            return (
              <Link
                key={id}
                prefetch={false}
                href={count > 1 ? `/sandbox?show=${kind}` : resourceHref(id)}
                aria-label={count > 1 ? title : `${kindName} ${name}`}
                data-node={id}
                className="group outline-none"
              >
                {name.length > LONGEST_NAME && <title>{title}</title>}
                {count > 1 && <rect x={x + 4} y={y + 4} width={box.width} height={box.height} rx="6" fill="var(--wash)" stroke="var(--line)" />}
                <rect
                  x={x}
                  y={y}
                  width={box.width}
                  height={box.height}
                  rx="6"
                  fill={beside ? 'var(--paper)' : 'var(--wash)'}
                  stroke="var(--line)"
                  strokeDasharray={beside ? '3 3' : undefined}
                  className="group-hover:stroke-accent group-focus-visible:stroke-accent group-focus-visible:stroke-2"
                />
                <g transform={`translate(${x + 9} ${y + 12})`} className="text-accent">
                  <ServiceShape service={service} />
                </g>
                <text x={x + 37} y={y + 19} fontSize="13" fontWeight="600" fill="var(--ink)">
                  {short(count > 1 ? kindName : name)}
                </text>
                <text x={x + 37} y={y + 35} fontSize="11" fill="var(--muted)">
                  {count > 1 ? t('diagram.times', { count }) : kindName}
                </text>
              </Link>
            )
          })}
        </svg>
      </DiagramView>
      <figcaption className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        <Line text={t('diagram.flow')} />
        <Line dash={LINES.mayUse} text={t('diagram.mayUse')} />
        <Line dash={LINES.runsAs} text={t('diagram.uses')} />
        {grouped && <span>{t('diagram.grouped')}</span>}
      </figcaption>
    </figure>
  )
}

function Line({ dash, text }: { dash?: string | undefined; text: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg aria-hidden="true" width="28" height="8" viewBox="0 0 28 8" className="shrink-0">
        <path d="M0 4H27" stroke="currentColor" strokeWidth="1.5" strokeDasharray={dash} />
      </svg>
      {text}
    </span>
  )
}

/** Long names keep their ends: what tells them apart stands there. */
function short(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, 9)}…${name.slice(-9)}`
}
