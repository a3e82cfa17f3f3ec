import type { Contender } from './contenders'
import { cellsOf, compete } from './compete'
import { median, nodeStart, timed } from './measure'
import { type Program } from './programs'
import type { Row } from './table'

/** From the start of the process to the first answer, everything empty. */
export async function benchStart(contenders: Contender[]): Promise<Row[]> {
  const outcome = await compete(contenders, { runs: 3 }, nodeStart, async (contender) => {
    let program: Program | undefined
    const time = await timed(async () => {
      program = await contender.start()
    })
    await program?.end()
    return time
  })
  return [{ what: 'start to the first answer', unit: 'ms', ...cellsOf(outcome, median, 'bare node start') }]
}
