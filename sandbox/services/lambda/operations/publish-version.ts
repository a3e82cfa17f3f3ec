import { PublishVersion$, type FunctionConfiguration, type PublishVersionRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkStorage, codeSha256 } from '../code'
import { describe } from '../describe'
import { checkRevision, invalid } from '../errors'
import { changeFunction, publish } from '../functions'
import { namedLatest, onFunction } from '../on-function'

/** Freezes $LATEST as a numbered version; gives the last one again where nothing changed since. */
export const publishVersion = operation<PublishVersionRequest, FunctionConfiguration>(PublishVersion$, {
  ...onFunction,
  async run(call) {
    const { CodeSha256, Description, RevisionId, PublishTo } = call.input
    if (PublishTo !== undefined) throw invalid('PublishTo is not served by this sandbox: leave it out.')
    return changeFunction(call.sandbox, namedLatest(call), async (record) => {
      checkRevision(RevisionId, record.latest.revisionId, 'GetFunction/GetAlias')
      const current = codeSha256(record.latest.code)
      if (CodeSha256 && CodeSha256 !== current) {
        throw invalid(`CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`)
      }
      const { lastVersion } = record
      const version = publish(call.sandbox, record, Description)
      if (record.lastVersion > lastVersion) await checkStorage(call.sandbox, record, version.code.size)
      return describe(record, version, version.version)
    })
  },
})
