'use client'

import type { Failure, Resource } from '@/lib/inventory'
import type { Diagram as DiagramData } from '@/lib/inventory/diagram'
import { Diagram } from './diagram'
import { Failures } from './failures'
import { ResourceList } from './resource-list'

/** Diagram and list of some resources, drawn in the browser. @param none said where there are none */
export function ResourcesView({ diagram, resources, failed, none }: { diagram: DiagramData; resources: readonly Resource[]; failed: readonly Failure[]; none: string }) {
  return (
    <>
      <Failures failed={failed} />
      {resources.length === 0 ? <p className="mt-3">{none}</p> : <Diagram diagram={diagram} />}
      <ResourceList resources={resources} />
    </>
  )
}
