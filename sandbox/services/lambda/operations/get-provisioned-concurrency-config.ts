import { GetProvisionedConcurrencyConfig$, type GetProvisionedConcurrencyConfigRequest, type GetProvisionedConcurrencyConfigResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { onQualified } from '../on-function'
import { describeProvisioned, provisionable, requireProvisioned } from '../provisioned-concurrency'

/** Tells how many environments are kept ready, and how far that has come. */
export const getProvisionedConcurrencyConfig = operation<GetProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse>(GetProvisionedConcurrencyConfig$, {
  ...onQualified,
  async run(call) {
    const { name, record } = await provisionable(call)
    return describeProvisioned(call.sandbox, record, await requireProvisioned(call.sandbox, name))
  },
})
