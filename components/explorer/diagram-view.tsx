'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, type ReactNode } from 'react'

const STEP = 1.25
const SMALLEST = 0.3
const LARGEST = 2.5
/** As it is first shown, nothing is drawn smaller than this: text stays readable, what does not fit is scrolled to. */
const FIRST = 0.8

/**
 * Moves about in a diagram: scrolls by touch, wheel, keyboard and dragging; zooms by buttons, Ctrl with the wheel and two
 * fingers; shows what a box is connected with while it is pointed at or focused. Without JavaScript it just scrolls.
 *
 * @param width of the drawing in pixels at its natural size
 */
export function DiagramView({ width, children }: { width: number; children: ReactNode }) {
  const t = useTranslations('explorer.diagram')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = box.current!
    const ends = new AbortController()
    const on = <K extends keyof HTMLElementEventMap>(type: K, handle: (event: HTMLElementEventMap[K]) => void) => view.addEventListener(type, handle, { signal: ends.signal, passive: false })
    const nodeOf = (target: EventTarget | null) => (target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : undefined)
    const near = (event: Event) => showNear(view, nodeOf(event.target) ?? nodeOf(document.activeElement))
    on('pointerover', near)
    on('pointerleave', () => showNear(view, nodeOf(document.activeElement)))
    on('focusin', near)
    on('focusout', () => showNear(view, undefined))
    on('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom(view, width, (now) => now * (event.deltaY < 0 ? 1.1 : 1 / 1.1))
    })

    let apart: number | undefined
    const distance = ({ touches }: TouchEvent) => Math.hypot(touches[0]!.clientX - touches[1]!.clientX, touches[0]!.clientY - touches[1]!.clientY)
    on('touchstart', (event) => void (apart = event.touches.length === 2 ? distance(event) : undefined))
    on('touchmove', (event) => {
      if (apart === undefined || event.touches.length !== 2) return
      event.preventDefault()
      const now = distance(event)
      const factor = now / apart
      zoom(view, width, (scale) => scale * factor)
      apart = now
    })

    let grabbed: { x: number; y: number; left: number; top: number } | undefined
    on('pointerdown', (event) => {
      if (event.pointerType !== 'mouse' || event.button !== 0 || nodeOf(event.target)) return
      grabbed = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop }
    })
    addEventListener('pointermove', ({ clientX, clientY }) => grabbed && view.scrollTo(grabbed.left + grabbed.x - clientX, grabbed.top + grabbed.y - clientY), { signal: ends.signal })
    addEventListener('pointerup', () => (grabbed = undefined), { signal: ends.signal })
    return () => ends.abort()
  }, [width])

  return (
    <div>
      <div role="group" aria-label={t('zoom')} className="no-print mb-1.5 ml-auto flex w-fit rounded-md border border-line">
        {(
          [
            ['smaller', '−', (now: number) => now / STEP],
            ['larger', '+', (now: number) => now * STEP],
            ['fit', '⤢', (_: number, fit: number) => Math.min(fit, 1)],
          ] as const
        ).map(([name, sign, next]) => (
          <button key={name} type="button" aria-label={t(name)} title={t(name)} onClick={() => zoom(box.current!, width, next)} className="size-9 hover:text-accent">
            {sign}
          </button>
        ))}
      </div>
      <div
        ref={box}
        style={{ '--natural': `${width}px`, '--first': `${width * FIRST}px` } as object}
        className="max-h-[75vh] overflow-auto rounded-md border border-line bg-paper [&[data-at]_[data-from]:not([data-near])]:opacity-15 [&[data-at]_[data-near][data-from]]:stroke-accent [&[data-at]_[data-node]:not([data-near])]:opacity-30 [&>svg]:w-full [&>svg]:max-w-(--natural) [&>svg]:min-w-(--first) [&[data-zoomed]>svg]:w-(--zoomed) [&[data-zoomed]>svg]:max-w-none [&[data-zoomed]>svg]:min-w-0"
      >
        {children}
      </div>
    </div>
  )
}

/** Draws at another size and keeps the point in the middle of the view where it is. */
function zoom(view: HTMLElement, width: number, next: (now: number, fit: number) => number): void {
  const now = view.querySelector('svg')!.getBoundingClientRect().width / width
  const to = Math.min(LARGEST, Math.max(SMALLEST, next(now, view.clientWidth / width)))
  const [x, y] = [(view.scrollLeft + view.clientWidth / 2) / now, (view.scrollTop + view.clientHeight / 2) / now]
  view.style.setProperty('--zoomed', `${width * to}px`)
  view.toggleAttribute('data-zoomed', true)
  view.scrollTo(x * to - view.clientWidth / 2, y * to - view.clientHeight / 2)
}

/** Marks a box, its lines and what they lead to, so that the rest can stand back. */
function showNear(view: HTMLElement, node: string | null | undefined): void {
  for (const marked of view.querySelectorAll('[data-near]')) marked.removeAttribute('data-near')
  view.toggleAttribute('data-at', node != null)
  if (node == null) return
  const near = new Set([node])
  for (const line of view.querySelectorAll('[data-from]')) {
    const [from, to] = [line.getAttribute('data-from')!, line.getAttribute('data-to')!]
    if (from !== node && to !== node) continue
    line.setAttribute('data-near', '')
    near.add(from).add(to)
  }
  for (const one of view.querySelectorAll('[data-node]')) if (near.has(one.getAttribute('data-node')!)) one.setAttribute('data-near', '')
}
