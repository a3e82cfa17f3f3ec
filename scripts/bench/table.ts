/** A figure, or a word on why there is none. */
export type Figure = number | string

/** One line of the table. Less is better in every one. */
export interface Row {
  what: string
  unit: 'ms' | 'MB' | 'kB' | '%'
  worklab: Figure
  /** The least that it could be on this machine in this run, and what that is the figure of. */
  floor?: [figure: number, of: string]
  moto?: Figure
  ministack?: Figure
  aim?: string
}

const HEAD = ['what', 'Worklab', 'floor', 'ratio', 'moto', 'MiniStack', 'aim', 'standing']

/** Prints rows as a table with the ratio to the floor and who is ahead. */
export function print(rows: Row[]): void {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)))
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd())
}

function cells({ what, unit, worklab, floor, moto, ministack, aim }: Row): string[] {
  const shown = (figure: Figure | undefined) => (typeof figure === 'number' ? `${round(figure)} ${unit}` : (figure ?? ''))
  const ratio = floor && typeof worklab === 'number' ? `${(worklab / floor[0]).toFixed(2)}x` : ''
  return [what, shown(worklab), floor ? `${shown(floor[0])} ${floor[1]}` : '', ratio, shown(moto), shown(ministack), aim ?? '', standing(worklab, moto, ministack)]
}

function standing(worklab: Figure, moto: Figure | undefined, ministack: Figure | undefined): string {
  if (typeof worklab !== 'number') return ''
  const peers = Object.entries({ moto, MiniStack: ministack }).filter((peer): peer is [string, number] => typeof peer[1] === 'number')
  if (peers.length === 0) return ''
  const ahead = peers.filter(([, figure]) => figure < worklab).map(([name]) => name)
  return ahead.length === 0 ? 'ahead' : `behind ${ahead.join(' and ')}`
}

function round(figure: number): string {
  return figure.toFixed(figure < 100 ? 2 : 0)
}
