import { randomUUID } from 'node:crypto'
import { CreateAlias$, type AliasConfiguration, type CreateAliasRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { readWeights, requireVersion } from '../aliases'
import { describeAlias } from '../describe'
import { conflict } from '../errors'
import { changeFunction } from '../functions'
import { unqualifiedArn } from '../names'
import { namedLatest, onFunction } from '../on-function'

/** Makes a name for a version, which may share its traffic with one other version. */
export const createAlias = operation<CreateAliasRequest, AliasConfiguration>(CreateAlias$, {
  ...onFunction,
  async run(call) {
    const { Name, FunctionVersion, Description, RoutingConfig } = call.input
    return changeFunction(call.sandbox, namedLatest(call), (record) => {
      if (Object.hasOwn(record.aliases, Name!)) throw conflict(`Alias already exists: ${unqualifiedArn(record)}:${Name}`)
      const version = requireVersion(record, FunctionVersion!)
      const weights = readWeights(record, version, RoutingConfig)
      const alias = { name: Name!, description: Description ?? '', version, ...(weights ? { weights } : {}), revisionId: randomUUID() }
      // Not by assignment: an alias may be called __proto__.
      record.aliases = { ...record.aliases, [alias.name]: alias }
      return describeAlias(record, alias)
    })
  },
})
