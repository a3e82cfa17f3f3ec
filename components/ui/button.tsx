import Link from 'next/link'
import type { ComponentProps } from 'react'

/** `primary` is the one thing to do next; `quiet` stands beside it; `plain` is for undoing and small things in a row. */
export type ButtonLook = 'primary' | 'quiet' | 'plain'

const looks: Record<ButtonLook, string> = {
  primary: 'min-h-11 px-4 bg-accent text-accent-ink hover:opacity-90',
  quiet: 'min-h-11 px-4 border border-line hover:border-accent hover:text-accent',
  plain: 'min-h-8 -mx-1 px-1 text-accent underline decoration-1 underline-offset-4 hover:decoration-2',
}

function buttonClass(look: ButtonLook, className: string): string {
  return `inline-flex items-center justify-center gap-2 rounded-md font-semibold leading-snug disabled:opacity-60 ${looks[look]} ${className}`
}

/** A button; a submit button of its form unless told otherwise. */
export function Button({ look = 'primary', className = '', type = 'submit', ...rest }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />
}

/**
 * A link that looks like a button: it goes somewhere and changes nothing. As all links of Worklab it fetches its page when
 * followed and not before: a worklog has some forty, and the server is near.
 */
export function LinkButton({ look = 'primary', className = '', ...rest }: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link prefetch={false} className={buttonClass(look, className)} {...rest} />
}
