import { DeleteAlias$, type DeleteAliasRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { removeAttachments } from '../attachments'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { provisionFunction } from '../provisioned-concurrency'

/** Deletes an alias and its policy; content where it is gone already, as AWS is. */
export const deleteAlias = operation<DeleteAliasRequest, object>(DeleteAlias$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    await removeAttachments(call.sandbox, { ...name, qualifier: call.input.Name! })
    await changeFunction(call.sandbox, name, (record) => {
      delete record.aliases[call.input.Name!]
      delete record.policies[call.input.Name!]
    })
    await provisionFunction(call.sandbox, name)
    return {}
  },
})
