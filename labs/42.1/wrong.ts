import { ensureFunction, ensureRole, settled } from '@/lib/lab/account'
import type { LabContext, WrongAttempt } from '@/lib/lab/define-lab'
import { folder } from '@/lib/lab/zip'
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { FOLDER, FUNCTION, RECEIPT, ROLE, starter } from './names'

async function deploy(context: LabContext, code: string): Promise<void> {
  await ensureRole(context, ROLE, { attached: [BASIC_EXECUTION_POLICY] })
  await ensureFunction(context, FUNCTION, { role: ROLE, files: { 'index.mjs': code } })
}

const reply = 'const reply = (statusCode, content) => ({ statusCode, body: JSON.stringify(content) })\n'
/** Right but for what is put in place of the sum, the parsing or the look at the items. */
const handler = ({ sum = 'items.reduce((total, item) => total + item.price * item.quantity, 0)', guarded = true, looks = true }) => `${reply}
export const handler = async (event) => {
  let items
  ${guarded ? `try { items = JSON.parse(event.body).items } catch { return reply(400, { error: 'invalid_json' }) }` : 'items = JSON.parse(event.body).items'}
  ${looks ? `if (!Array.isArray(items) || !items.every((item) => item.price >= 0 && typeof item.price === 'number' && item.quantity >= 1)) return reply(400, { error: 'invalid_items' })` : ''}
  return reply(200, { total: ${sum} })
}
`

export const wrong: WrongAttempt[] = [
  {
    name: 'a role without the policy for logs',
    attempt: (context) => ensureRole(context, ROLE, {}),
    fails: 'do/role',
    says: /AWSLambdaBasicExecutionRole is not attached/,
  },
  {
    name: 'the function under another name',
    async attempt(context) {
      await ensureRole(context, ROLE, { attached: [BASIC_EXECUTION_POLICY] })
      await ensureFunction(context, 'order-total', { role: ROLE, files: folder(starter, FOLDER) })
    },
    fails: 'do/function',
    says: /no function named `bookshop-order-total`/,
  },
  {
    name: 'a hard-coded answer',
    attempt: (context) => deploy(context, `${reply}\nexport const handler = async () => reply(200, { total: 240000 })\n`),
    fails: 'prove/totals',
    says: /same answer.*work the total out/is,
  },
  {
    name: 'quantity ignored',
    attempt: (context) => deploy(context, handler({ sum: 'items.reduce((total, item) => total + item.price, 0)' })),
    fails: 'prove/totals',
    says: /quantity is ignored.*multiply/is,
  },
  {
    name: 'a crash on the empty cart',
    attempt: (context) => deploy(context, handler({ sum: 'items.map((item) => item.price * item.quantity).reduce((a, b) => a + b)' })),
    fails: 'prove/empty-cart',
    says: /ended in an error: TypeError.*Invoke it/is,
  },
  {
    name: 'a crash on broken JSON',
    attempt: (context) => deploy(context, handler({ guarded: false })),
    fails: 'prove/bad-json',
    says: /ended in an error: SyntaxError/,
  },
  {
    name: 'items taken as they come',
    attempt: (context) => deploy(context, handler({ looks: false })),
    fails: 'prove/bad-items',
    says: /answered statusCode 200.*invalid_items/is,
  },
  {
    name: 'the handler set to a file that is not there',
    async attempt(context) {
      await context.clients.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: RECEIPT, Handler: 'receipt.handler' }))
      await settled(context, RECEIPT)
    },
    fails: 'repair/receipt',
    says: /ended in an error:.*receipt/i,
  },
]
