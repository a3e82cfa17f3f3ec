import { TransactGetItems$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { act } from '../dynalite'
import { readBySchema } from '../read-input'
import { authorizeSteps, capacityOf, inTransaction, readSteps } from '../transaction'

const READ = readBySchema(TransactGetItems$)

/** Gets up to a hundred items as they were at one moment. */
export const transactGetItems = operation<any, any>(TransactGetItems$, {
  // IAM is asked about dynamodb:GetItem on each table.
  action: null,
  resource: () => '*',
  readOnly: true,
  readJson(body) {
    const input = READ(body)
    return Object.defineProperties(input, { steps: { value: readSteps(input.TransactItems) }, operation: { value: 'TransactGetItems' } })
  },
  async run(call) {
    const { steps, ReturnConsumedCapacity } = call.input
    await authorizeSteps(call, steps)
    return inTransaction(
      call,
      steps,
      ({ data }, workspace) => act('getItem', workspace, Object.create(data, { ReturnConsumedCapacity: { value: 'TOTAL' } })),
      async (results) => ({
        Responses: results.map(({ Item }) => (Item ? { Item } : {})),
        ...capacityOf(steps, results, ReturnConsumedCapacity, 'ReadCapacityUnits'),
      }),
    )
  },
})
