import type { ReactNode } from 'react'

/** The width and margins of a page that is read. */
export function Page({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`mx-auto max-w-page px-4 pt-8 sm:px-6 sm:pt-12 ${className}`}>{children}</div>
}
