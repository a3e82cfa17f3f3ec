import { DeleteFunction$, type DeleteFunctionRequest, type DeleteFunctionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { removeAttachments } from '../attachments'
import { conflict, invalid } from '../errors'
import { changeFunction, lockFunctions, removeFunction, requireFunction } from '../functions'
import { named, onQualified } from '../on-function'
import { retire, tidyCode } from '../retire'

/** Deletes a function with versions, aliases and policies, or one published version. */
export const deleteFunction = operation<DeleteFunctionRequest, DeleteFunctionResponse>(DeleteFunction$, {
  ...onQualified,
  async run(call) {
    const { sandbox } = call
    const { qualifier, ...name } = named(call)
    const before = await requireFunction(sandbox, name)
    if (qualifier === '$LATEST') throw invalid('$LATEST version cannot be deleted without deleting the function.')
    if (qualifier !== undefined && !/^\d+$/.test(qualifier)) throw invalid('Deletion of aliases is not currently supported.')
    if (qualifier === undefined) {
      // Before the function itself, so that what was never answered leaves nothing to a later one of its name.
      await removeAttachments(sandbox, name)
      await lockFunctions(sandbox, name.account, () => removeFunction(sandbox, name))
    } else {
      await changeFunction(sandbox, name, (record) => {
        const users = Object.values(record.aliases).filter((alias) => alias.version === qualifier || Object.hasOwn(alias.weights ?? {}, qualifier))
        if (users.length > 0) throw conflict(`Unable to delete version because the following aliases reference it: [${users.map((alias) => alias.name).join(', ')}]`)
        delete record.versions[qualifier]
        delete record.policies[qualifier]
      })
      await removeAttachments(sandbox, { ...name, qualifier })
    }
    await retire(sandbox, before, qualifier)
    tidyCode(sandbox, name.account, before.latest.settings.timeout)
    return { StatusCode: 204 }
  },
})
