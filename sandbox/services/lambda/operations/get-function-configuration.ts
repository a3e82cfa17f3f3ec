import { GetFunctionConfiguration$, type FunctionConfiguration, type GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describe } from '../describe'
import { requireFunction, resolveQualifier } from '../functions'
import { named, onQualified } from '../on-function'

/** Tells the configuration of a function, version or alias. */
export const getFunctionConfiguration = operation<GetFunctionConfigurationRequest, FunctionConfiguration>(GetFunctionConfiguration$, {
  ...onQualified,
  async run(call) {
    const name = named(call)
    const record = await requireFunction(call.sandbox, name)
    return describe(record, resolveQualifier(record, name).version, name.qualifier)
  },
})
