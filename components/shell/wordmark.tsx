/** The name of the product with its sign: a notebook's page, ticked. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
        <rect x="3" y="2" width="26" height="28" rx="4" fill="var(--accent)" />
        <path d="M9 2v28" stroke="var(--margin)" strokeWidth="1.6" />
        <path d="M14.5 16.5l4 4.2L26.5 10" fill="none" stroke="var(--accent-ink)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Worklab
    </span>
  )
}
