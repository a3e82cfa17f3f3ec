import type { ReactNode } from 'react'

/** A page of the notebook: the days in its margin, the red margin line of a school notebook, the writing. */
export function NotebookPage({ margin, children }: { margin: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-page px-4 sm:px-6 xl:grid xl:grid-cols-[9.5rem_minmax(0,1fr)]">
      <div className="pt-4 xl:pt-12">
        <div className="xl:sticky xl:top-8">{margin}</div>
      </div>
      <article className="pt-6 xl:border-l-2 xl:border-margin xl:pb-8 xl:pl-10 xl:pt-12">{children}</article>
    </div>
  )
}
