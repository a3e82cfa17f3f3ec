import { randomUUID } from 'node:crypto'
import { UpdateAlias$, type AliasConfiguration, type UpdateAliasRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { readWeights, requireAlias, requireVersion } from '../aliases'
import { describeAlias } from '../describe'
import { checkRevision } from '../errors'
import { changeFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { provisionFunction } from '../provisioned-concurrency'

/** Points an alias elsewhere; what is not given stays, an empty routing ends the sharing. */
export const updateAlias = operation<UpdateAliasRequest, AliasConfiguration>(UpdateAlias$, {
  ...onFunction,
  async run(call) {
    const { Name, FunctionVersion, Description, RoutingConfig, RevisionId } = call.input
    const name = namedLatest(call)
    const changed = await changeFunction(call.sandbox, name, (record) => {
      const { weights: before, ...alias } = requireAlias(record, Name!)
      checkRevision(RevisionId, alias.revisionId, 'GetFunction/GetAlias')
      const version = requireVersion(record, FunctionVersion ?? alias.version)
      const weights = readWeights(record, version, RoutingConfig ?? (before ? { AdditionalVersionWeights: before } : undefined))
      const changed = { ...alias, version, description: Description ?? alias.description, ...(weights ? { weights } : {}), revisionId: randomUUID() }
      // Not by assignment: an alias may be called __proto__.
      record.aliases = { ...record.aliases, [changed.name]: changed }
      return describeAlias(record, changed)
    })
    await provisionFunction(call.sandbox, name)
    return changed
  },
})
