import type { Lab } from '@/lib/lab/define-lab'
import lab412 from './41.2/lab'
import lab421 from './42.1/lab'
import lab452 from './45.2/lab'

export { catalogue, type CatalogueEntry } from './catalogue'

/** The labs that can be done, by id. Without a prototype, so that an id from an address, such as `constructor`, finds nothing else. */
export const openLabs: Readonly<Record<string, Lab>> = Object.assign(Object.create(null), Object.fromEntries([lab412, lab421, lab452].map((lab) => [lab.id, lab])))
