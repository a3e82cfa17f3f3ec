import type { IconName } from './icon-sprite'

export type { IconName }

/** An icon beside a word. It is hidden from screen readers: the word says it. Sized by the text around it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden="true" className={`icon ${className}`}>
      <use href={`#icon-${name}`} />
    </svg>
  )
}
