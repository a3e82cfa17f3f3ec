import type { ReactNode } from 'react'
import type { InventoryService } from '@/lib/inventory'

/** A drawing per service on a 20 by 20 grid, made for Worklab. */
const SHAPES: Record<InventoryService, ReactNode> = {
  // A door with an arrow through it.
  apigateway: <path d="M5 3h10v14H5zM2 10h9M8.5 7.5L11 10l-2.5 2.5" />,
  // Braces around a step.
  lambda: <path d="M7 3.5c-2 0-2.5 1-2.5 2.5s.3 4-2 4c2.3 0 2 2.5 2 4s.5 2.5 2.5 2.5M13 3.5c2 0 2.5 1 2.5 2.5s-.3 4 2 4c-2.3 0-2 2.5-2 4s-.5 2.5-2.5 2.5M8.5 12.5l3-5" />,
  // Rows under a head.
  dynamodb: <path d="M3.5 4h13v12h-13zM3.5 8h13M3.5 12h13M8 8v8" />,
  // A bucket.
  s3: <path d="M3.5 5.5c0-3 13-3 13 0L15 16c-.5 1.6-9.5 1.6-10 0zM3.5 5.5c0 2 13 2 13 0" />,
  // One to many.
  sns: <path d="M3 8v4h3l5 3.5v-11L6 8zM14 7.5c1.3 1.5 1.3 3.5 0 5M16 5.5c2.5 2.7 2.5 6.3 0 9" />,
  // Letters in a line.
  sqs: <path d="M2.5 6.5h4v7h-4zM8 6.5h4v7H8zM13.5 6.5h4v7h-4z" />,
  // What comes in is sorted.
  events: <path d="M3 4h14l-5 6v6l-4-2v-4z" />,
  // A clock.
  scheduler: <path d="M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM10 6v4.3l3 2" />,
  // A key.
  iam: <path d="M6.5 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 10h7.5M15 10v3M12.5 10v2" />,
  // Lines of a log.
  logs: <path d="M4.5 2.5h8l3 3v12h-11zM7 8h6M7 11h6M7 14h4" />,
  // A bell.
  cloudwatch: <path d="M10 3c-3 0-4.3 2.3-4.3 5 0 3-1.2 4.5-2.2 5.5h13c-1-1-2.2-2.5-2.2-5.5 0-2.7-1.3-5-4.3-5zM8.5 16c.6 1.2 2.4 1.2 3 0" />,
}

/** The drawing of a service, in its own 20 by 20 square, for use inside an `svg`. */
export function ServiceShape({ service }: { service: InventoryService }) {
  return (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
      {SHAPES[service]}
    </g>
  )
}

/** The drawing of a service beside a word. Hidden from screen readers: the word says it. */
export function ServiceIcon({ service, className = '' }: { service: InventoryService; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={`icon ${className}`}>
      <ServiceShape service={service} />
    </svg>
  )
}
