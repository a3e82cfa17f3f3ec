import type { ReactNode } from 'react'

/** A page of the notebook: the days in its margin, the red margin line of a school notebook, the writing. */
export function NotebookPage({ margin, children }: { margin: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-page px-4 sm:px-6 lg:grid lg:grid-cols-[9.5rem_minmax(0,1fr)]">
      <div className="pt-4 lg:pt-12">
        <div className="lg:sticky lg:top-8">{margin}</div>
      </div>
      <article className="pt-6 lg:border-l-2 lg:border-margin lg:pb-8 lg:pl-10 lg:pt-12">{children}</article>
    </div>
  )
}
