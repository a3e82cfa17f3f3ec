'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** A link of the main navigation, marked while its section is open. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const path = usePathname()
  const here = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      prefetch={false}
      href={href}
      aria-current={here ? (path === href ? 'page' : 'true') : undefined}
      className="inline-flex min-h-11 items-center whitespace-nowrap border-b-2 border-transparent px-1 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
    >
      {children}
    </Link>
  )
}
