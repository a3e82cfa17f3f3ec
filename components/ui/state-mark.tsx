import { Icon } from './icon'

/** How far a day or a lab is: proved by its labs, ticked by hand, or neither. */
export type State = 'verified' | 'declared' | 'open'

const tones: Record<State, string> = {
  verified: 'text-good',
  declared: 'text-accent',
  open: 'text-muted',
}

/** A state by icon and word. `label` is the word, in the reader's language: `common.state.<state>`. */
export function StateMark({ state, label, className = '' }: { state: State; label: string; className?: string }) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap ${tones[state]} ${className}`}>
      <Icon name={state} />
      {label}
    </span>
  )
}
