import { ensureFunction, ensureRole, updateCode } from '@/lib/lab/account'
import type { LabContext, WrongAttempt } from '@/lib/lab/define-lab'
import { invokeAndRead } from '@/lib/lab/invoke'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { folder } from '@/lib/lab/zip'
import { BASKET, CATALOGUE, ROLE, starter } from './names'

async function deploy(context: LabContext, index: string): Promise<void> {
  await ensureRole(context, ROLE, { attached: [BASIC_EXECUTION_POLICY] })
  await ensureFunction(context, CATALOGUE, { role: ROLE, files: { ...folder(starter, 'catalogue'), 'index.mjs': index } })
}

const answer = (told: string) =>
  `({ bookId: event.bookId, price: catalogue.prices.get(event.bookId) ?? null, environment: process.env.AWS_LAMBDA_LOG_STREAM_NAME, ${told} })`

export const wrong: WrongAttempt[] = [
  {
    name: 'invoked only once',
    async attempt(context) {
      await deploy(context, folder(starter, 'catalogue')['index.mjs']!)
      await invokeAndRead(context.clients, { name: CATALOGUE, event: { bookId: 'b-1' } })
    },
    fails: 'measure/cold-then-warm',
    says: /holds 1 invoke, .*once more/is,
  },
  {
    name: 'loaded inside the handler',
    attempt: (context) => deploy(context, folder(starter, 'catalogue')['index.mjs']!),
    fails: 'move/once',
    says: /loaded the catalogue \d+ times.*inside the handler/is,
  },
  {
    name: 'a count that is a constant',
    attempt: (context) =>
      deploy(
        context,
        `import { loadCatalogue } from './catalogue.mjs'
export const handler = async (event) => {
  const catalogue = await loadCatalogue()
  return ${answer(`loads: 1, loadId: '7b1c0a9e'`)}
}
`,
      ),
    fails: 'move/once',
    says: /told the same `loadId`.*constants/is,
  },
  {
    name: 'a first load that is shown while the handler loads anew',
    attempt: (context) =>
      deploy(
        context,
        `import { loadCatalogue } from './catalogue.mjs'
const first = await loadCatalogue()
export const handler = async (event) => {
  const catalogue = await loadCatalogue()
  return ${answer('loads: first.loads, loadId: first.loadId')}
}
`,
      ),
    fails: 'move/init',
    says: /fastest warm start took \d.*still waits/is,
  },
  {
    name: 'loaded by the first invoke',
    attempt: (context) =>
      deploy(
        context,
        `import { loadCatalogue } from './catalogue.mjs'
let loading
export const handler = async (event) => {
  const catalogue = await (loading ??= loadCatalogue())
  return ${answer('loads: catalogue.loads, loadId: catalogue.loadId')}
}
`,
      ),
    fails: 'move/init',
    says: /not loaded in Init/,
  },
  {
    name: 'a basket emptied only when the customer changes',
    attempt: (context) =>
      updateCode(context, BASKET, {
        'index.mjs': `let basket = []
let last
export const handler = async ({ customer, books }) => {
  if (customer !== last) basket = []
  last = customer
  basket.push(...books)
  return { customer, basket }
}
`,
      }),
    fails: 'repair/no-leak',
    says: /the function answered.*new `basket` in each invoke/is,
  },
]
