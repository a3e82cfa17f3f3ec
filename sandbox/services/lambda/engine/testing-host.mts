// A program with an engine in it, for the test that kills it: invokes one function that stays busy, then says so.
import { testBench } from './testing'

const isolation = process.argv[2] as 'auto' | 'none'
const mark = process.env['MARK']!
const bench = await testBench({ isolation })
const named = (name: string) => bench.deploy({ [`${mark}${name}.mjs`]: 'process.title = process.env._HANDLER\nexport const handler = async (e) => { for (;;) if (!e.spin) await new Promise((r) => setTimeout(r, 1000)) }' }, { timeout: 60, handler: `${mark}${name}.handler` })
void bench.invoke(named('a'))
void bench.invoke(named('b'), { spin: true })
setTimeout(() => console.log('busy'), 800)
