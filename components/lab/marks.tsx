/** Marks on a 20 by 20 grid that stand beside a word, as those of `components/ui/icon`. */
const shapes = {
  // It went through; nothing is proved by that.
  tick: 'M4 10.5l4 4 8-9',
  // Opens what is below it.
  chevron: 'M7 4l6 6-6 6',
  snow: 'M10 2v16M3 6l14 8M17 6L3 14M8 3.5l2 2 2-2M8 16.5l2-2 2 2',
  flame: 'M10 2.5c1 3-3.5 4.5-3.5 9a4.4 4.4 0 0 0 8.8 0c0-2-1-3.2-1.8-4.2-.3 1.2-.9 1.8-1.6 2 .6-3-.4-5.4-1.9-6.8z',
} as const

/** A mark, hidden from screen readers: the word beside it says it. */
export function Mark({ name, className = '' }: { name: keyof typeof shapes; className?: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className={`inline-block size-[1.1em] shrink-0 ${className}`} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round">
      <path d={shapes[name]} />
    </svg>
  )
}
