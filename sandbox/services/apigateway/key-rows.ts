import { badRequest } from './errors'

/** One API key of a CSV file. */
export interface KeyRow {
  name: string
  key: string
  description?: string
  enabled: boolean
  usagePlanIds: string[]
}

/** Reads the CSV of ImportApiKeys (API Gateway developer guide, "API Gateway API key file format"). @throws BadRequestException */
export function readKeyRows(csv: string): KeyRow[] {
  const [header = [], ...lines] = csv.replace(/\r\n/g, '\n').split('\n').filter((line) => line.trim() !== '').map(cells)
  const columns = header.map((column) => column.trim().toLowerCase())
  if (!columns.includes('name') || !columns.includes('key')) throw badRequest('Failed to parse API key file: the columns name and key are required')
  return lines.map((line) => {
    const cell = (name: string) => line[columns.indexOf(name)]?.trim() || undefined
    const [name, key, description] = [cell('name'), cell('key'), cell('description')]
    if (name === undefined || key === undefined) throw badRequest('Failed to parse API key file: a row has no name or key')
    return { name, key, ...(description === undefined ? {} : { description }), enabled: cell('enabled')?.toLowerCase() !== 'false', usagePlanIds: cell('usageplanids')?.split(',').map((id) => id.trim()) ?? [] }
  })
}

/** The cells of a line; one in quotes may hold commas, and quotes doubled. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
