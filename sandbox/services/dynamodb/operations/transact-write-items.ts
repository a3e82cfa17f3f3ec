import { createHash } from 'node:crypto'
import { TransactWriteItems$ } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../../errors'
import { operation, type Call } from '../../../operation'
import { scopeOf, type Write } from '../../../store'
import { act } from '../dynalite'
import { ownKey } from '../item-calls'
import { readBySchema } from '../read-input'
import { transactionTokens } from '../records'
import { TOKEN_MS } from '../token-life'
import { authorizeSteps, capacityOf, checkCondition, inTransaction, readSteps, type Step } from '../transaction'
import type { Workspace } from '../workspace'

const READ = readBySchema(TransactWriteItems$)

/** Puts, updates, deletes and checks up to a hundred items, all or nothing. */
export const transactWriteItems = operation<any, any>(TransactWriteItems$, {
  // IAM is asked about each of the actions that it is made of.
  action: null,
  resource: () => '*',
  readJson(body) {
    const input = READ(body)
    const steps = readSteps(input.TransactItems)
    return Object.defineProperties(input, { steps: { value: steps }, operation: { value: 'TransactWriteItems' } })
  },
  async run(call) {
    const { ClientRequestToken: token } = call.input
    await authorizeSteps(call, call.input.steps)
    if (token === undefined) return transact(call, [])
    const scope = scopeOf(call)
    const digest = createHash('sha256').update(JSON.stringify(call.input.TransactItems)).digest('hex')
    return call.sandbox.store.lock(`dynamodb token ${scope} ${token}`, async () => {
      const done = await call.sandbox.store.get(transactionTokens, scope, token)
      if (done && call.sandbox.now() - done.at < TOKEN_MS) {
        if (done.digest !== digest) throw new AwsError('IdempotentParameterMismatchException', 'The ClientRequestToken was used within ten minutes for a request with other parameters')
        return capacityOf(call.input.steps, [], call.input.ReturnConsumedCapacity, 'ReadCapacityUnits')
      }
      return transact(call, [{ collection: transactionTokens, scope, key: token, value: { digest, at: call.sandbox.now() } }])
    })
  },
})

function transact(call: Call, more: Write[]): Promise<object> {
  const { steps, ReturnConsumedCapacity } = call.input as { steps: Step[]; ReturnConsumedCapacity?: string }
  return inTransaction(call, steps, takeStep, async (results, workspace) => {
    await workspace.commit({ more })
    return capacityOf(steps, results, ReturnConsumedCapacity, 'WriteCapacityUnits')
  })
}

async function takeStep({ kind, data }: Step, workspace: Workspace): Promise<any> {
  if (kind === 'ConditionCheck') return checkCondition(workspace, data).then(() => ({}))
  const measured = Object.create(kind === 'Put' ? data : ownKey(data), { ReturnConsumedCapacity: { value: 'TOTAL' } })
  return act(kind === 'Put' ? 'putItem' : kind === 'Update' ? 'updateItem' : 'deleteItem', workspace, measured)
}
