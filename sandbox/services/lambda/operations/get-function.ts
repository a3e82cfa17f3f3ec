import { GetFunction$, type GetFunctionRequest, type GetFunctionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { codeLocation } from '../code'
import { describe } from '../describe'
import { requireFunction, resolveQualifier } from '../functions'
import { named, onQualified } from '../on-function'

/** Tells a function's configuration, tags, reserved concurrency, and a link to its code. */
export const getFunction = operation<GetFunctionRequest, GetFunctionResponse>(GetFunction$, {
  ...onQualified,
  async run(call) {
    const name = named(call)
    const record = await requireFunction(call.sandbox, name)
    const { version } = resolveQualifier(record, name)
    return {
      Configuration: describe(record, version, name.qualifier),
      Code: { RepositoryType: 'S3', Location: codeLocation(call.sandbox, record.account, version.code), SourceKMSKeyArn: version.code.kmsKeyArn },
      Tags: Object.keys(record.tags).length > 0 ? record.tags : undefined,
      Concurrency: record.reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: record.reservedConcurrency },
    }
  },
})
