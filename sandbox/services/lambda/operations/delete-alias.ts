import { DeleteAlias$, type DeleteAliasRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Deletes an alias and its policy; content where it is gone already, as AWS is. */
export const deleteAlias = operation<DeleteAliasRequest, object>(DeleteAlias$, {
  ...onFunction,
  async run(call) {
    await changeFunction(call.sandbox, namedLatest(call), (record) => {
      delete record.aliases[call.input.Name!]
      delete record.policies[call.input.Name!]
    })
    return {}
  },
})
