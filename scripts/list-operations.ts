import { writeFileSync } from 'node:fs'
import { operationsPage } from './operations-page'

writeFileSync(new URL('../docs/sandbox-operations.md', import.meta.url), operationsPage())
