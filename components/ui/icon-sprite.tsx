/** Paths on a 20 by 20 grid, drawn for Worklab. */
const shapes = {
  // A filled seal: something was looked at and found right.
  verified: (
    <>
      <path
        d="M10 1.2l2.2 1.6 2.7-.1.8 2.6 2.2 1.6-.9 2.6.9 2.6-2.2 1.6-.8 2.6-2.7-.1L10 17.8l-2.2-1.6-2.7.1-.8-2.6-2.2-1.6.9-2.6-.9-2.6 2.2-1.6.8-2.6 2.7.1z"
        fill="currentColor"
        stroke="none"
      />
      <path d="M6.6 9.8l2.4 2.3 4.4-4.7" stroke="var(--paper)" strokeWidth="1.9" />
    </>
  ),
  // A tick by pen, in a ring that is not closed: a person says so.
  declared: (
    <>
      <path d="M15.6 5.2A7.4 7.4 0 1 0 17.4 10" strokeDasharray="2.6 2.4" />
      <path d="M6.3 9.6l3.2 3.2 7.6-8.6" />
    </>
  ),
  open: <circle cx="10" cy="10" r="7.2" />,
  today: <path d="M5 3.5l9.5 6.5L5 16.5z" fill="currentColor" stroke="none" />,
  next: <path d="M4 10h11.5M11 5.2L15.8 10 11 14.8" />,
  previous: <path d="M16 10H4.5M9 5.2L4.2 10 9 14.8" />,
  external: <path d="M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16 4l-7 7" />,
  warning: <path d="M10 3L18 16.8H2zM10 8v4M10 14.2v.4" />,
  info: <path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM10 9v5M10 6v.4" />,
  failed: <path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM7 7l6 6M13 7l-6 6" />,
  lab: <path d="M7.5 3h5M8.5 3v5.2L4 15.4c-.5.9.1 1.6 1 1.6h10c.9 0 1.5-.7 1-1.6L11.5 8.2V3M6.4 12.5h7.2" />,
  person: <path d="M10 10.2a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM3.5 17c.8-3 3.3-4.5 6.5-4.5s5.7 1.5 6.5 4.5" />,
  search: <path d="M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13.2 13.2L17 17" />,
} as const

/** A name of the icon set. */
export type IconName = keyof typeof shapes

/** The drawings, once a page: what `Icon` shows by reference. A list of two hundred learners has a thousand icons. */
export function IconSprite() {
  return (
    <svg aria-hidden="true" className="absolute size-0" fill="none" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      {Object.entries(shapes).map(([name, shape]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 20 20" stroke="currentColor">
          {shape}
        </symbol>
      ))}
    </svg>
  )
}
